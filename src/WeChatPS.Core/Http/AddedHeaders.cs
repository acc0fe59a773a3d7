using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;

namespace WeChatPS.Http;

/// <summary>Which headers a user may add to the requests of a session, and which the client writes itself.</summary>
internal static class AddedHeaders
{
    // what says where a connection goes, where a message ends and how it is packed; and the pieces that downloads ask for
    private static readonly string[] s_owned =
    [
        "Host", "Cookie", "Connection", "Keep-Alive", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Expect", "Accept-Encoding", "Range", "If-Range", "Date",
    ];

    /// <summary>Says so when a header is the client's own or cannot be sent; without repeating its value, which may be a secret.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InvalidRequest"/>.</exception>
    public static void Check(IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach (KeyValuePair<string, string> header in headers)
        {
            string? why = Refusal(header.Key, header.Value);
            if (why is not null) throw new WeChatException(WeChatErrorReason.InvalidRequest, $"-Headers cannot bring '{DisplayText.Visible(header.Key, 80)}': {why}.");
        }
    }

    /// <summary>Whether a header's value goes over the wire as it stands: printable ASCII.</summary>
    public static bool IsPlain(string value) => value.All(c => c is >= ' ' and <= '~');

    private static string? Refusal(string name, string value)
    {
        if (Is("User-Agent")) return "-UserAgent says that";
        if (Is("Proxy-Authorization")) return "-ProxyCredential says that";
        if (s_owned.Any(Is) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) return "the client itself writes it";
        if (!IsRequestHeader(name)) return "that is not the name of a request's header";
        return IsPlain(value) ? null : "its value has to be printable ASCII";

        bool Is(string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsRequestHeader(string name)
    {
        using var request = new HttpRequestMessage();
        return name.Length > 0 && request.Headers.TryAddWithoutValidation(name, "");
    }
}
