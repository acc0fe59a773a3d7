using System;
using System.Globalization;
using System.Linq;

namespace WeChatPS.Http;

/// <summary>Parses a Set-Cookie line as browsers do (RFC 6265, section 5.2): lenient in syntax, strict about the domain.</summary>
internal static class SetCookie
{
    /// <summary>The limit for name and value together, as in browsers (RFC 6265bis, section 5.6). Real tickets have a few hundred characters, and every later request carries them.</summary>
    public const int MaxLength = 4096;

    /// <summary>The limit for an attribute, as in browsers (RFC 6265bis, section 5.6). A longer one is ignored.</summary>
    private const int MaxAttribute = 1024;

    // In seconds: beyond every date, and still within the range of a TimeSpan.
    private const double Ages = 5e11;

    // A Date that is further away is a broken server's more often than this machine's clock is wrong by so much.
    private static readonly TimeSpan s_likelyShift = TimeSpan.FromDays(1);

    /// <summary>Parses a line. Returns null for a line to ignore. An expired cookie is a request to delete it.</summary>
    /// <param name="line">The header's value.</param>
    /// <param name="requestUri">The request's address. A cookie can only be set for this host and its parent domains.</param>
    /// <param name="now">This machine's time.</param>
    /// <param name="serverNow">The response's time, to which expiry dates refer.</param>
    public static WireCookie? Parse(string line, Uri requestUri, DateTimeOffset now, DateTimeOffset? serverNow)
    {
        string[] parts = line.Split(';');
        (string name, string value) = Split(parts[0]);
        if (parts[0].IndexOf('=') < 0 || !IsUsable(name, value))
            return null;

        string host = CookieScope.HostOf(requestUri), domain = "", path = CookieScope.DefaultPath(requestUri);
        DateTimeOffset? expires = null, maxAge = null;
        bool secure = false, httpOnly = false;
        for (int i = 1; i < parts.Length; i++)
        {
            (string key, string text) = Split(parts[i]);
            if (text.Length > MaxAttribute)
                continue;
            switch (key.ToUpperInvariant())
            {
                case "DOMAIN": domain = CultureInfo.InvariantCulture.TextInfo.ToLower(text.TrimStart('.')); break;
                case "PATH": path = text.Length > 0 && text[0] == '/' ? text : CookieScope.DefaultPath(requestUri); break;
                case "EXPIRES" when CookieDate.TryParse(text, out DateTimeOffset date): expires = Expiry(date, now, serverNow ?? now); break;
                case "MAX-AGE" when Seconds(text) is { } seconds: maxAge = Shift(now, TimeSpan.FromSeconds(seconds)); break;
                case "SECURE": secure = true; break;
                case "HTTPONLY": httpOnly = true; break;
            }
        }

        if (!IsSendable(path))
            return null;
        if (domain.Length == 0)
            return new WireCookie(name, value, host, HostOnly: true, path, maxAge ?? expires, secure, httpOnly);
        // An IP address or "localhost" can only set cookies for itself. Only a name with a dot can set them for its subdomains.
        if (domain == host || (CanHaveHostsBelow(domain) && CookieScope.IsBelow(host, domain)))
            return new WireCookie(name, value, domain, !CanHaveHostsBelow(domain), path, maxAge ?? expires, secure, httpOnly);
        return null;
    }

    /// <summary>Whether a cookie that was saved can be sent.</summary>
    public static bool IsUsable(WireCookie? cookie) =>
        cookie is { Name: not null, Value: not null, Domain: not null, Path: not null } && IsUsable(cookie.Name, cookie.Value) && IsSendable(cookie.Path);

    private static bool IsUsable(string name, string value) =>
        name.Length > 0 && name.Length + value.Length <= MaxLength && IsSendable(name) && IsSendable(value);

    /// <summary>
    /// Converts a server's date to this machine's clock. With clocks far apart, the date counts as it is, unless a cookie that the server wants
    /// to live would then be dead here.
    /// </summary>
    private static DateTimeOffset Expiry(DateTimeOffset date, DateTimeOffset now, DateTimeOffset serverNow)
    {
        TimeSpan shift = now - serverNow;
        bool isLikely = shift.Duration() <= s_likelyShift;
        return isLikely || (date > serverNow && date <= now) ? Shift(date, shift) : date;
    }

    private static bool CanHaveHostsBelow(string domain) =>
        domain.IndexOf('.') > 0 && Uri.CheckHostName(domain) == UriHostNameType.Dns;

    private static (string Key, string Value) Split(string part)
    {
        int equals = part.IndexOf('=');
        return equals < 0 ? (part.Trim(), "") : (part.Substring(0, equals).Trim(), part.Substring(equals + 1).Trim());
    }

    // Digits only (RFC 6265, section 5.2.2): a number's parser also takes NaN and Infinity.
    private static double? Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double seconds)
            && text.TrimStart('-').All(char.IsAsciiDigit)
            ? Math.Max(-Ages, Math.Min(Ages, seconds))
            : null;

    private static DateTimeOffset Shift(DateTimeOffset date, TimeSpan by) =>
        by > DateTimeOffset.MaxValue - date ? DateTimeOffset.MaxValue
        : by < DateTimeOffset.MinValue - date ? DateTimeOffset.MinValue
        : date + by;

    // Any other character would make the client's Cookie header invalid in every later request.
    private static bool IsSendable(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~' or ';')
                return false;
        }

        return true;
    }
}
