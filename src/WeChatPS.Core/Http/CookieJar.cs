using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace WeChatPS.Http;

/// <summary>
/// A session's cookies for all hosts, with all their attributes. Reads see a consistent snapshot without locking. Writes lock.
/// </summary>
internal sealed class CookieJar
{
    /// <summary>The largest number of cookies. A full jar updates the cookies it holds and refuses new ones, so that no server can displace the login cookies.</summary>
    public const int Capacity = 3000;

    private readonly object _gate = new();
    private volatile WireCookie[] _cookies = [];
    private long _version;

    /// <summary>All cookies, oldest first. Some may have expired.</summary>
    public IReadOnlyList<WireCookie> All => _cookies;

    /// <summary>A number that grows whenever a cookie is added, changed or removed. The session saves its cookies when the number has changed.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Stores the cookies that a response sets, and removes expired ones.</summary>
    /// <param name="requestUri">The request's address.</param>
    /// <param name="setCookieLines">The values of the response's Set-Cookie headers.</param>
    /// <param name="now">This machine's time.</param>
    /// <param name="serverNow">The response's Date, or null. Expiry is computed against this time, so that a wrong local clock does not expire a new login.</param>
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

    /// <summary>Builds the Cookie header for a request: longer paths first, then older cookies first. Returns null when no cookie applies.</summary>
    public string? HeaderFor(Uri uri, DateTimeOffset now)
    {
        string header = string.Join("; ", _cookies
            .Where(cookie => !cookie.IsExpired(now) && cookie.GoesTo(uri))
            .OrderByDescending(cookie => cookie.Path.Length)
            .Select(cookie => $"{cookie.Name}={cookie.Value}"));
        return header.Length == 0 ? null : header;
    }

    /// <summary>Finds a cookie's value (<c>webwx_data_ticket</c>) for any host. Where several hosts set the cookie, the newest value is returned.</summary>
    public string? Find(string name) => _cookies.LastOrDefault(cookie => cookie.Name == name)?.Value;

    /// <summary>Replaces all cookies by saved ones.</summary>
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
