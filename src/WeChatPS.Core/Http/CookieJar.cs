using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace WeChatPS.Http;

/// <summary>
/// A session's cookies for all hosts, with all their attributes. Reads see a consistent snapshot without locking. Writes lock. What a
/// server can make every later request carry is bounded as in browsers: the least recently used cookies go first (RFC 6265, section 5.3),
/// and those of the login last.
/// </summary>
internal sealed class CookieJar
{
    /// <summary>The largest number of cookies. A session speaks to about six hosts.</summary>
    public const int Capacity = 6 * PerDomain;

    /// <summary>The largest number of cookies with one domain: what RFC 6265, section 6.1 asks of every client. The login sets ten.</summary>
    public const int PerDomain = 50;

    /// <summary>
    /// The longest Cookie header, and the most that one domain's cookies hold, in bytes. Servers refuse a request whose line or whole head
    /// exceeds 8 KB (the defaults of nginx, Apache and Tomcat); the other headers and the address of a poll take less than 2 KB.
    /// </summary>
    public const int HeaderLimit = 6 * 1024;

    private const int SeparatorLength = 2;

    private readonly object _gate = new();
    private readonly Dictionary<string, CookieSelection> _accepted = [];
    private volatile Held[] _held = [];
    private long _version;
    private long _uses;
    private bool _isBounded;

    /// <summary>Called once with a sentence for the user, when a bound is reached.</summary>
    public Action<string>? Bounded { get; set; }

    /// <summary>All cookies, oldest first. Some may have expired.</summary>
    public IReadOnlyList<WireCookie> All => [.. _held.Select(held => held.Cookie)];

    /// <summary>A number that grows whenever a cookie is added, changed or removed. The session saves its cookies when the number has changed.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Stores the cookies that a response sets, and removes expired ones.</summary>
    /// <param name="requestUri">The request's address.</param>
    /// <param name="setCookieLines">The values of the response's Set-Cookie headers.</param>
    /// <param name="now">This machine's time.</param>
    /// <param name="serverNow">The response's Date, or null. Expiry is computed against this time, so that a wrong local clock does not expire a new login.</param>
    public void Apply(Uri requestUri, IEnumerable<string> setCookieLines, DateTimeOffset now, DateTimeOffset? serverNow = null) => Change(all =>
    {
        all.RemoveAll(held => held.Cookie.IsExpired(now));
        foreach (string line in setCookieLines)
        {
            if (SetCookie.Parse(line, requestUri, now, serverNow) is not { } cookie || (cookie.Secure && !CookieScope.IsTrustworthy(requestUri)))
                continue;
            if (cookie.IsExpired(now)) all.RemoveAll(held => cookie.Replaces(held.Cookie));
            else Put(all, cookie);
        }
    });

    /// <summary>Builds the Cookie header for a request. Returns null when no cookie applies.</summary>
    public string? HeaderFor(Uri uri, DateTimeOffset now) => Select(uri, now).Header;

    /// <summary>Chooses the cookies for a request: longer paths first, then older cookies first (RFC 6265, section 5.4).</summary>
    public CookieSelection Select(Uri uri, DateTimeOffset now)
    {
        Held[] fitting = Fitting([.. _held.Where(held => !held.Cookie.IsExpired(now) && held.Cookie.GoesTo(uri))]);
        long use = Interlocked.Increment(ref _uses);
        foreach (Held held in fitting)
            Interlocked.Exchange(ref held.Used, use);
        return new CookieSelection([.. fitting.Select(held => held.Cookie).OrderByDescending(cookie => cookie.Path.Length)]);
    }

    /// <summary>Notes that a server accepted a request with these cookies.</summary>
    public void Accept(Uri uri, CookieSelection sent)
    {
        lock (_gate)
            _accepted[CookieScope.HostOf(uri)] = sent;
    }

    /// <summary>
    /// Goes back to the cookies that the server accepted last, because it refused these as too long; to those of the login if it has accepted
    /// nothing shorter.
    /// </summary>
    public void Refuse(Uri uri, CookieSelection sent) => Change(all =>
    {
        CookieSelection back = _accepted.TryGetValue(CookieScope.HostOf(uri), out CookieSelection? accepted) && accepted.Length < sent.Length
            ? accepted
            : new CookieSelection([.. sent.Cookies.Where(ProtocolCookies.Contains)]);
        if (back.Length >= sent.Length)
            return; // The login's own are as long: nothing can be left out.
        all.RemoveAll(held => held.Cookie.GoesTo(uri) && !back.Cookies.Any(held.Cookie.Replaces));
        foreach (WireCookie cookie in back.Cookies)
            Put(all, cookie);
        _isBounded = true;
    });

    /// <summary>Finds a cookie's value (<c>webwx_data_ticket</c>) for any host. Where several hosts set the cookie, the newest value is returned.</summary>
    public string? Find(string name) => _held.LastOrDefault(held => held.Cookie.Name == name)?.Cookie.Value;

    /// <summary>Replaces all cookies by saved ones. What an earlier version saved may exceed the bounds.</summary>
    public void Load(IEnumerable<WireCookie> cookies) => Change(all =>
    {
        all.Clear();
        _accepted.Clear();
        foreach (WireCookie cookie in cookies.Where(SetCookie.IsUsable))
            Put(all, cookie);
    });

    public void Clear() => Load([]);

    // Removes what the change makes too much, and says once that it did.
    private void Change(Action<List<Held>> change)
    {
        bool isFirst;
        lock (_gate)
        {
            bool wasBounded = _isBounded;
            var all = new List<Held>(_held);
            change(all);
            isFirst = _isBounded && !wasBounded;
            bool isSame = all.Select(held => held.Cookie).SequenceEqual(_held.Select(held => held.Cookie));
            _held = [.. all];
            if (!isSame)
                Interlocked.Increment(ref _version);
        }

        if (isFirst)
            Bounded?.Invoke("The server sets more cookies than it can accept. Those of the login are kept, and the least recently used others are dropped.");
    }

    private void Put(List<Held> all, WireCookie cookie)
    {
        var held = new Held(cookie) { Used = Interlocked.Read(ref _uses) };
        int at = all.FindIndex(other => cookie.Replaces(other.Cookie));
        if (at >= 0) all[at] = held;
        else all.Add(held);

        while (all.Where(IsBeside).ToArray() is { } beside
            && (beside.Length > PerDomain || (LengthOf(beside) > HeaderLimit && beside.Any(other => !other.IsProtocols))))
            Evict(all, beside);
        if (all.Count > Capacity)
            Evict(all, all);

        bool IsBeside(Held other) => other.Cookie.Domain == cookie.Domain;
    }

    private void Evict(List<Held> all, IEnumerable<Held> among)
    {
        all.Remove(among.MinBy(held => (held.IsProtocols, Interlocked.Read(ref held.Used)))!);
        _isBounded = true;
    }

    // A domain's cookies fit into a header, but those of a host and the domains above it may not fit together.
    private static Held[] Fitting(Held[] wanted)
    {
        if (LengthOf(wanted) <= HeaderLimit)
            return wanted;
        var fitting = new HashSet<Held>();
        int length = 0;
        foreach (Held held in wanted.OrderBy(held => ProtocolCookies.PlaceOf(held.Cookie)).ThenByDescending(held => Interlocked.Read(ref held.Used)))
        {
            if (length + held.Length > HeaderLimit)
                continue;
            length += held.Length;
            fitting.Add(held);
        }

        return [.. wanted.Where(fitting.Contains)];
    }

    private static int LengthOf(IEnumerable<Held> all) => all.Sum(held => held.Length);

    /// <summary>A cookie and its last use: the number of requests that the jar had served then.</summary>
    private sealed class Held(WireCookie cookie)
    {
        public long Used;

        public WireCookie Cookie { get; } = cookie;

        public bool IsProtocols { get; } = ProtocolCookies.Contains(cookie);

        public int Length => Cookie.Name.Length + 1 + Cookie.Value.Length + SeparatorLength;
    }
}
