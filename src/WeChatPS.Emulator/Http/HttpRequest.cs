using System;
using System.Collections.Generic;
using System.Text;

namespace WeChatPS.Emulator.Http;

/// <summary>One request with its complete body.</summary>
internal sealed class HttpRequest
{
    private Dictionary<string, string>? _query;
    private Dictionary<string, string>? _cookies;

    public HttpRequest(string method, string target, string version, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        Method = method;
        int question = target.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? target : target[..question];
        QueryText = question < 0 ? "" : target[(question + 1)..];
        Headers = headers;
        KeepAlive = version == "HTTP/1.1"
            ? !HeaderHas("Connection", "close")
            : HeaderHas("Connection", "keep-alive");
    }

    public string Method { get; }

    public string Path { get; }

    /// <summary>The undecoded query, without the question mark.</summary>
    public string QueryText { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public bool KeepAlive { get; }

    /// <summary>The number of the connection.</summary>
    public long Connection { get; set; }

    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The decoded query parameters. Names are case-sensitive, like on the real server. The first value of a name counts.</summary>
    public IReadOnlyDictionary<string, string> Query => _query ??= FormText.Parse(QueryText);

    public IReadOnlyDictionary<string, string> Cookies => _cookies ??= ParseCookies();

    public string? Header(string name)
    {
        foreach (KeyValuePair<string, string> header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }

    public bool HeaderHas(string name, string value) =>
        Header(name)?.Contains(value, StringComparison.OrdinalIgnoreCase) == true;

    public string BodyText() => Encoding.UTF8.GetString(Body.Span);

    private Dictionary<string, string> ParseCookies()
    {
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> header in Headers)
        {
            if (!string.Equals(header.Key, "Cookie", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (string pair in header.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                int equals = pair.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0)
                {
                    cookies[pair[..equals]] = pair[(equals + 1)..];
                }
            }
        }

        return cookies;
    }
}
