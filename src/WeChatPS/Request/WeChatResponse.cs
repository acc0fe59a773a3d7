using System;
using System.Collections.Generic;
using WeChatPS.Http;

namespace WeChatPS;

/// <summary>The response to Invoke-WeChatRequest. Secrets in it are replaced by ***.</summary>
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

    /// <summary>The method: GET, POST …</summary>
    public string Method { get; }

    /// <summary>The value of -Uri.</summary>
    public string Uri { get; }

    /// <summary>The HTTP status. Redirects are not followed.</summary>
    public int StatusCode { get; }

    /// <summary>The server's code (BaseResponse.Ret): 0 means success; null when the response has none.</summary>
    public int? Ret { get; }

    /// <summary>The content type from the server.</summary>
    public string? ContentType { get; }

    /// <summary>The headers, without cookies.</summary>
    public IDictionary<string, string> Headers { get; }

    /// <summary>The content: an object for JSON, otherwise text, otherwise bytes; null when the response is empty.</summary>
    public object? Content { get; }

    /// <summary>The length of the response, in bytes.</summary>
    public int Length { get; }

    /// <summary>The time from the request to the response.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The session's name.</summary>
    public string Session { get; }

    /// <summary>The response as one line without control characters: <c>POST webwxinit: 200, Ret 0, 1234 bytes</c>.</summary>
    public override string ToString() =>
        $"{Method} {DisplayText.Visible(Uri, 120)}: {StatusCode}{(Ret is { } ret ? $", Ret {ret}" : "")}, {Length} bytes";
}
