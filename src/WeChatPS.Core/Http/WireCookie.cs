using System;

namespace WeChatPS.Http;

/// <summary>One cookie with all attributes that decide where it is sent. Saving and loading keep them.</summary>
/// <param name="Name">The name, case-sensitive.</param>
/// <param name="Value">The value as the server wrote it. The value is a secret.</param>
/// <param name="Domain">The host, or with <paramref name="HostOnly"/> false the domain, in lower case without a leading dot.</param>
/// <param name="HostOnly">Whether the cookie is sent to <paramref name="Domain"/> only, not to its subdomains.</param>
/// <param name="Path">The path prefix of the requests that carry the cookie.</param>
/// <param name="Expires">The expiry by this machine's clock; null for a session cookie.</param>
/// <param name="Secure">Whether the cookie requires an encrypted connection.</param>
/// <param name="HttpOnly">Kept for completeness. The client runs no scripts.</param>
internal sealed record WireCookie(
    string Name, string Value, string Domain, bool HostOnly, string Path, DateTimeOffset? Expires, bool Secure, bool HttpOnly)
{
    public bool IsExpired(DateTimeOffset now) => Expires <= now;

    /// <summary>Whether this cookie replaces another one: same name, domain and path.</summary>
    public bool Replaces(WireCookie other) => Name == other.Name && Domain == other.Domain && Path == other.Path;

    public bool GoesTo(Uri uri) =>
        GoesToHost(CookieScope.HostOf(uri)) && GoesToPath(uri.AbsolutePath) && (!Secure || CookieScope.IsTrustworthy(uri));

    // The value is a secret and must not reach a log.
    public override string ToString() => $"{Name}=***; Domain={Domain}; Path={Path}";

    private bool GoesToHost(string host) => host == Domain || (!HostOnly && CookieScope.IsBelow(host, Domain));

    private bool GoesToPath(string path) =>
        path.StartsWith(Path, StringComparison.Ordinal)
        && (path.Length == Path.Length || Path[Path.Length - 1] == '/' || path[Path.Length] == '/');
}
