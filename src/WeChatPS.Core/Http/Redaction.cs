using System;
using System.Text.RegularExpressions;

namespace WeChatPS.Http;

/// <summary>
/// Removes secrets from all text that is shown or written to a file. Values become <c>***</c> in query strings, cookies, form fields,
/// JSON, XML, HTML and scripts, at any depth of quoting or percent-encoding. In doubt, the value is removed.
/// </summary>
internal static class Redaction
{
    /// <summary>The names whose values are secrets. Anyone who has such a value can use or track the account.</summary>
    private const string Names =
        @"skey|sid|uin|wxsid|wxuin|last_wxuin|fromuser|device_?id|uuid|webwx_\w+|webwxuvid|\w*ticket|aeskey|encry(?:pt)?key";

    private const string Name = @"(?:(?<![A-Za-z0-9_])|(?<=%(?:25){0,3}[0-9A-F]{2}))(?<name>" + Names + ")";

    /// <summary>A text up to its closing quote. The quote may be escaped, or missing where the text was cut.</summary>
    private const string ToQuote = @"(?:(?!\\*[""'])[\s\S])+";

    private static readonly Regex s_name = new($"^(?:{Names})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    // No pattern reads more than a few lines past a name. Otherwise a body full of names would take quadratic time.
    private static readonly (Regex Pattern, string Replacement)[] s_secrets =
    [
        // whole header lines
        Secret(@"(?<=^[ \t]*(?:Set-Cookie|Cookie|(?:Proxy-)?Authorization):[ \t]*)[^\s][^\r\n]*", "***", RegexOptions.Multiline),
        // https://user:password@host
        Secret(@"(?<=://)[^/?#\s""'<>@]+(?=@)", "***"),
        // the uuid in the QR code's address, which is enough to log in
        Secret(@"(?<=(?:/|%2F)(?:qrcode|l)(?:/|%2F))[A-Za-z0-9_=%-]+", "***"),
        // the skey at any place, recognized by its shape
        Secret(@"(?:@|%(?:25){0,3}40)crypt_\w+", "***"),
        // "Sid":"…", also inside a JSON string
        Secret(Name + @"(?<rest>\\*[""']\s*:\s*\\*[""'])" + ToQuote, "${name}${rest}***"),
        // "Uin":123
        Secret(Name + @"(?<rest>(?<quote>\\*[""'])\s*:\s*)[^\s,}\]""'\\]+", "${name}${rest}${quote}***${quote}"),
        // multipart: name="pass_ticket", an empty line, the value
        Secret(@"(?<=\bname="")" + Name + @"(?<rest>""[^\r\n]{0,200}(?:\r?\n[^\r\n]{1,200}){0,3}\r?\n\r?\n)[^\r\n]+", "${name}${rest}***"),
        // name="skey" value="…"
        Secret(@"(?<=\bname\s*=\s*[""'])" + Name + @"(?<rest>[""'][^<>]{0,200}?\bvalue\s*=\s*[""']?)[^""'<>\s]+", "${name}${rest}***"),
        // <skey>…</skey>
        Secret(Name + @"(?<rest>(?:>|&gt;)(?:<!\[CDATA\[)?)[^<>&\]]+", "${name}${rest}***"),
        // uuid = "…" in scripts and attributes
        Secret(Name + @"(?<rest>\s*=\s*\\*[""'])" + ToQuote, "${name}${rest}***"),
        // skey=… in queries and cookies
        Secret(Name + @"(?<rest>\s*(?:=|%(?:25){0,3}3D)\s*)(?:(?!%(?:25){0,3}26)[^&;,\s""'<>\\])+", "${name}${rest}***"),
    ];

    /// <summary>Whether the value of a property with this name is a secret.</summary>
    public static bool IsSecret(string name) => s_name.IsMatch(name);

    /// <summary>The text without secrets.</summary>
    public static string Redact(string text)
    {
        try
        {
            foreach ((Regex pattern, string replacement) in s_secrets)
                text = pattern.Replace(text, replacement);
            return text;
        }
        catch (RegexMatchTimeoutException)
        {
            return $"({text.Length} characters, not shown: redaction took too long)";
        }
    }

    /// <summary>The address without secrets.</summary>
    public static string Redact(Uri uri) => Redact(uri.AbsoluteUri);

    private static (Regex Pattern, string Replacement) Secret(string pattern, string replacement, RegexOptions options = RegexOptions.None) =>
        (new Regex(pattern, options | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)), replacement);
}
