using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;

namespace WeChatPS.Http;

/// <summary>The check of the headers that a user adds to a session's requests (-Headers).</summary>
internal static class AddedHeaders
{
    // Headers that control routing, message length and encoding, and the ranges that downloads request.
    private static readonly string[] s_owned =
    [
        "Host", "Cookie", "Connection", "Keep-Alive", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Expect", "Accept-Encoding", "Range", "If-Range", "Date",
    ];

    /// <summary>Checks that the headers can be sent and are not set by the client itself. The error message never contains a value, which may be a secret.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InvalidRequest"/>: a setting is not usable.</exception>
    public static void Check(IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach (KeyValuePair<string, string> header in headers)
        {
            string? why = Refusal(header.Key, header.Value);
            if (why is not null) throw new WeChatException(WeChatErrorReason.InvalidRequest, $"-Headers cannot contain '{DisplayText.Visible(header.Key, 80)}': {why}.");
        }
    }

    /// <summary>Whether a header's value can be sent unchanged, which requires printable ASCII.</summary>
    public static bool IsPlain(string value) => value.All(c => c is >= ' ' and <= '~');

    private static string? Refusal(string name, string value)
    {
        if (Is("User-Agent")) return "use -UserAgent instead";
        if (Is("Proxy-Authorization")) return "use -ProxyCredential instead";
        if (s_owned.Any(Is) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) return "the client sets this header itself";
        if (!IsRequestHeader(name)) return "it is not a valid request header name";
        return IsPlain(value) ? null : "its value must be printable ASCII";

        bool Is(string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsRequestHeader(string name)
    {
        using var request = new HttpRequestMessage();
        return name.Length > 0 && request.Headers.TryAddWithoutValidation(name, "");
    }
}
