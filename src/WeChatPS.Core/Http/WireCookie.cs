using System;

namespace WeChatPS.Http;

/// <summary>One cookie with all that decides where it is sent; it survives saving and loading unchanged.</summary>
/// <param name="Name">Its name, case-sensitive.</param>
/// <param name="Value">Its value as the server wrote it. A secret.</param>
/// <param name="Domain">The host, or the domain whose hosts all get it (<paramref name="HostOnly"/> false); lower case, no leading dot.</param>
/// <param name="HostOnly">Whether it goes back to <paramref name="Domain"/> itself and to no host below it.</param>
/// <param name="Path">The path below which it is sent.</param>
/// <param name="Expires">When it ends, by this machine's clock; null for the life of the session.</param>
/// <param name="Secure">Whether it must not travel in the clear.</param>
/// <param name="HttpOnly">Kept because the server said it; nothing here runs scripts.</param>
internal sealed record WireCookie(
    string Name, string Value, string Domain, bool HostOnly, string Path, DateTimeOffset? Expires, bool Secure, bool HttpOnly)
{
    public bool IsExpired(DateTimeOffset now) => Expires <= now;

    /// <summary>Whether both are the same cookie for the server, so that the newer one replaces the older.</summary>
    public bool Replaces(WireCookie other) => Name == other.Name && Domain == other.Domain && Path == other.Path;

    public bool GoesTo(Uri uri) =>
        GoesToHost(CookieScope.HostOf(uri)) && GoesToPath(uri.AbsolutePath) && (!Secure || CookieScope.IsTrustworthy(uri));

    // the value never reaches a log by accident
    public override string ToString() => $"{Name}=***; Domain={Domain}; Path={Path}";

    private bool GoesToHost(string host) => host == Domain || (!HostOnly && CookieScope.IsBelow(host, Domain));

    private bool GoesToPath(string path) =>
        path.StartsWith(Path, StringComparison.Ordinal)
        && (path.Length == Path.Length || Path[Path.Length - 1] == '/' || path[Path.Length] == '/');
}
