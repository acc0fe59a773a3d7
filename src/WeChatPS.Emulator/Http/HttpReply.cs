using System;
using System.Collections.Generic;
using System.Text;

namespace WeChatPS.Emulator.Http;

/// <summary>The ways in which a response is sent to the client.</summary>
internal enum ReplyDelivery
{
    /// <summary>Whole and at once.</summary>
    Whole,

    /// <summary>One byte at a time, at <see cref="HttpReply.Pace"/>.</summary>
    Dripped,

    /// <summary>Half of the body, then the connection closes normally.</summary>
    Truncated,

    /// <summary>Nothing: the connection closes normally.</summary>
    Nothing,

    /// <summary>Nothing: the connection is reset.</summary>
    Reset,
}

/// <summary>A response. The body is a list of pieces, so that stored messages are sent without copying.</summary>
internal sealed class HttpReply
{
    private static readonly ReadOnlyMemory<byte>[] s_empty = [];

    public int Status { get; set; } = 200;

    /// <summary>The status line, if it differs from the normal one for <see cref="Status"/>.</summary>
    public string? StatusLine { get; set; }

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public IReadOnlyList<ReadOnlyMemory<byte>> Body { get; set; } = s_empty;

    public ReplyDelivery Delivery { get; set; }

    /// <summary>The time between two bytes of a dripped response.</summary>
    public TimeSpan Pace { get; set; }

    /// <summary>The whole response, head included, if its bytes are prescribed.</summary>
    public RawReply? Raw { get; init; }

    public bool MayCompress { get; init; }

    /// <summary>Called when the complete response was sent.</summary>
    public Action? WhenSent { get; set; }

    /// <summary>The Ret or retcode of the body, for the request log.</summary>
    public int? Ret { get; set; }

    public static HttpReply Of(string contentType, ReadOnlyMemory<byte> body, bool mayCompress = false) =>
        new HttpReply { Body = [body], MayCompress = mayCompress }.With("Content-Type", contentType);

    public static HttpReply Of(string contentType, string body) => Of(contentType, Encoding.UTF8.GetBytes(body));

    public static HttpReply Plain(int status, string body)
    {
        HttpReply reply = Of("text/html; charset=utf-8", body);
        reply.Status = status;
        return reply;
    }

    public HttpReply With(string header, string value)
    {
        Headers.Add(new(header, value));
        return this;
    }

    public int BodyLength()
    {
        int length = 0;
        foreach (ReadOnlyMemory<byte> piece in Body)
        {
            length += piece.Length;
        }

        return length;
    }

    public byte[] BodyBytes()
    {
        var bytes = new byte[BodyLength()];
        int at = 0;
        foreach (ReadOnlyMemory<byte> piece in Body)
        {
            piece.CopyTo(bytes.AsMemory(at));
            at += piece.Length;
        }

        return bytes;
    }
}
