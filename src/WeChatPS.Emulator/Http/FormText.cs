using System;
using System.Collections.Generic;
using System.Net;

namespace WeChatPS.Emulator.Http;

/// <summary><c>a=1&amp;b=2</c>, the notation of queries and of plain form bodies.</summary>
internal static class FormText
{
    public static Dictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? pair : pair[..equals];
            string value = equals < 0 ? "" : pair[(equals + 1)..];
            values.TryAdd(WebUtility.UrlDecode(name), WebUtility.UrlDecode(value));
        }

        return values;
    }
}
