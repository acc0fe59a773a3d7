using System;
using System.Collections.Generic;
using System.Text;
using WeChatPS.Emulator.Http;

namespace WeChatPS.Emulator;

/// <summary>The emulator's own answer to a request, to be altered and sent as a <see cref="RawReply"/>.</summary>
public sealed class NormalReply
{
    internal NormalReply(HttpReply reply)
    {
        Status = reply.Status;
        Headers = [.. reply.Headers];
        Body = reply.BodyBytes();
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; set; }

    /// <summary>The headers, in order. Date, Connection and Content-Length are added by <see cref="ToRaw"/>.</summary>
    public IList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The body as text in UTF-8.</summary>
    public string Text
    {
        get => Encoding.UTF8.GetString(Body.Span);
        set => Body = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>Adds a header.</summary>
    public NormalReply With(string header, string value)
    {
        Headers.Add(new(header, value));
        return this;
    }

    /// <summary>Gets the bytes of the answer, with a head that suits the body.</summary>
    public RawReply ToRaw(RawEnd end = RawEnd.KeepAlive)
    {
        var reply = new HttpReply { Status = Status, Body = [Body] };
        reply.Headers.AddRange(Headers);
        return new RawReply([new RawPiece(ReplyWriter.Head(reply, keepAlive: end == RawEnd.KeepAlive)), new RawPiece(Body)], end);
    }
}
