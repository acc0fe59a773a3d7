using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace WeChatPS.Http;

/// <summary>
/// A session's cookies for all hosts, with every attribute kept. Reads see a consistent snapshot without locking; writers take turns.
/// </summary>
internal sealed class CookieJar
{
    /// <summary>How many cookies are kept. A full jar still renews what it holds and refuses new ones, so that nobody can push the login out.</summary>
    public const int Capacity = 3000;

    private readonly object _gate = new();
    private volatile WireCookie[] _cookies = [];
    private long _version;

    /// <summary>Everything held, oldest first; some may have expired since.</summary>
    public IReadOnlyList<WireCookie> All => _cookies;

    /// <summary>Rises whenever a cookie is added, changed or removed: tells whether there is something to save.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Takes what a reply sets, and drops what has expired.</summary>
    /// <param name="requestUri">What was asked.</param>
    /// <param name="setCookieLines">The values of the reply's Set-Cookie headers.</param>
    /// <param name="now">This machine's time.</param>
    /// <param name="serverNow">The reply's Date where it has one: a wrong clock here must not expire a fresh login.</param>
    public void Apply(Uri requestUri, IEnumerable<string> setCookieLines, DateTimeOffset now, DateTimeOffset? serverNow = null)
    {
        lock (_gate)
        {
            var cookies = new List<WireCookie>(_cookies);
            cookies.RemoveAll(held => held.IsExpired(now));
            foreach (string line in setCookieLines)
            {
                if (SetCookie.Parse(line, requestUri, now, serverNow) is { } cookie && (!cookie.Secure || CookieScope.IsTrustworthy(requestUri)))
                    Put(cookies, cookie, now);
            }

            Replace(cookies);
        }
    }

    /// <summary>The Cookie header for a request, longer paths first, then older cookies first; null when there is nothing to send.</summary>
    public string? HeaderFor(Uri uri, DateTimeOffset now)
    {
        string header = string.Join("; ", _cookies
            .Where(cookie => !cookie.IsExpired(now) && cookie.GoesTo(uri))
            .OrderByDescending(cookie => cookie.Path.Length)
            .Select(cookie => $"{cookie.Name}={cookie.Value}"));
        return header.Length == 0 ? null : header;
    }

    /// <summary>A cookie's value whichever host it belongs to (<c>webwx_data_ticket</c>); the newest where several hosts set one.</summary>
    public string? Find(string name) => _cookies.LastOrDefault(cookie => cookie.Name == name)?.Value;

    /// <summary>Puts saved cookies in place of everything held.</summary>
    public void Load(IEnumerable<WireCookie> cookies)
    {
        lock (_gate)
            Replace([.. cookies.Take(Capacity)]);
    }

    public void Clear() => Load([]);

    private static void Put(List<WireCookie> cookies, WireCookie cookie, DateTimeOffset now)
    {
        int held = cookies.FindIndex(cookie.Replaces);
        if (cookie.IsExpired(now))
        {
            if (held >= 0)
                cookies.RemoveAt(held);
        }
        else if (held >= 0)
        {
            cookies[held] = cookie;
        }
        else if (cookies.Count < Capacity)
        {
            cookies.Add(cookie);
        }
    }

    private void Replace(List<WireCookie> cookies)
    {
        if (cookies.SequenceEqual(_cookies))
            return;
        _cookies = [.. cookies];
        Interlocked.Increment(ref _version);
    }
}
