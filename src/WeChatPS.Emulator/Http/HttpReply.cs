using System;
using System.Collections.Generic;
using System.Text;

namespace WeChatPS.Emulator.Http;

/// <summary>How the bytes of a reply reach, or do not reach, the client.</summary>
internal enum ReplyDelivery
{
    /// <summary>Whole and at once.</summary>
    Whole,

    /// <summary>One byte at a time, at <see cref="HttpReply.Pace"/>.</summary>
    Dripped,

    /// <summary>Half of the body, then an orderly end of the connection.</summary>
    Truncated,

    /// <summary>Nothing: the connection ends in order.</summary>
    Nothing,

    /// <summary>Nothing: the connection is reset.</summary>
    Reset,
}

/// <summary>A reply before it is put on the wire. The body is a list of pieces, so that stored messages are sent without being copied together.</summary>
internal sealed class HttpReply
{
    private static readonly ReadOnlyMemory<byte>[] s_empty = [];

    public int Status { get; set; } = 200;

    /// <summary>The whole first line, where it is not the usual one for <see cref="Status"/>.</summary>
    public string? StatusLine { get; set; }

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public IReadOnlyList<ReadOnlyMemory<byte>> Body { get; set; } = s_empty;

    public ReplyDelivery Delivery { get; set; }

    /// <summary>Time from byte to byte of a dripped reply.</summary>
    public TimeSpan Pace { get; set; }

    public bool MayCompress { get; init; }

    /// <summary>Called when the reply is on its way, whole.</summary>
    public Action? WhenSent { get; set; }

    /// <summary>The Ret or retcode in the body, for the request log.</summary>
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
