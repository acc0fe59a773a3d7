using System;
using System.Collections.Generic;
using WeChatPS.Http;

namespace WeChatPS;

/// <summary>What came back for Invoke-WeChatRequest. Secrets in it are replaced by ***.</summary>
public sealed class WeChatResponse
{
    internal WeChatResponse(string session, string method, string uri, WireReply reply)
    {
        (Session, Method, Uri, StatusCode, Length, Elapsed) = (session, method, uri, reply.Status, reply.Body.Length, reply.Elapsed);
        var headers = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> header in reply.Headers)
            headers[header.Key] = Redaction.Redact(header.Value);
        Headers = headers;
        ContentType = reply.ContentType;
        (Content, Ret) = ResponseContent.Read(reply.Body);
    }

    /// <summary>GET, POST …</summary>
    public string Method { get; }

    /// <summary>Where it went, as it was given.</summary>
    public string Uri { get; }

    /// <summary>The HTTP status. Redirects are not followed.</summary>
    public int StatusCode { get; }

    /// <summary>The server's own code (BaseResponse.Ret): 0 is well; null where the reply has none.</summary>
    public int? Ret { get; }

    /// <summary>What the server says the content is.</summary>
    public string? ContentType { get; }

    /// <summary>The headers, cookies left out.</summary>
    public IDictionary<string, string> Headers { get; }

    /// <summary>An object where the reply is JSON, else its text, else its bytes; null when it is empty.</summary>
    public object? Content { get; }

    /// <summary>How many bytes the reply had.</summary>
    public int Length { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The session's name.</summary>
    public string Session { get; }

    /// <summary>One line, fit for a terminal: <c>POST webwxinit: 200, Ret 0, 1234 bytes</c>.</summary>
    public override string ToString() =>
        $"{Method} {DisplayText.Visible(Uri, 120)}: {StatusCode}{(Ret is { } ret ? $", Ret {ret}" : "")}, {Length} bytes";
}
