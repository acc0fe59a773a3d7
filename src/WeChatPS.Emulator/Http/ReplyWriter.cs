using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Emulator.Http;

/// <summary>Writes responses of any size through one small buffer.</summary>
internal sealed class ReplyWriter(Stream stream, bool compress)
{
    private const int CompressAbove = 200;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _used;

    /// <summary>Writes a response in the way of its <see cref="HttpReply.Delivery"/>.</summary>
    /// <returns>Whether the connection can serve another request.</returns>
    public async ValueTask<bool> WriteAsync(HttpRequest request, HttpReply reply, CancellationToken cancel)
    {
        if (reply.Delivery is ReplyDelivery.Nothing or ReplyDelivery.Reset)
        {
            return false;
        }

        if (reply.Raw is { } raw)
        {
            return await WriteAsync(raw, cancel).ConfigureAwait(false);
        }

        if (compress && reply.MayCompress && request.HeaderHas("Accept-Encoding", "gzip") && reply.BodyLength() > CompressAbove)
        {
            reply.Body = [Compressed(reply.Body)];
            reply.With("Content-Encoding", "gzip");
        }

        byte[] head = Head(reply, request.KeepAlive && reply.Delivery != ReplyDelivery.Truncated);
        switch (reply.Delivery)
        {
            case ReplyDelivery.Dripped:
                await DripAsync(head, reply, cancel).ConfigureAwait(false);
                return request.KeepAlive;
            case ReplyDelivery.Truncated:
                byte[] body = reply.BodyBytes();
                await WriteAsync(head, [body.AsMemory(0, body.Length / 2)], cancel).ConfigureAwait(false);
                return false;
            default:
                await WriteAsync(head, request.Method == "HEAD" ? [] : reply.Body, cancel).ConfigureAwait(false);
                return request.KeepAlive;
        }
    }

    /// <summary>Gets the status line and the headers.</summary>
    public static byte[] Head(HttpReply reply, bool keepAlive)
    {
        var head = new StringBuilder(512);
        head.Append(reply.StatusLine ?? string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} {StatusText.Of(reply.Status)}"));
        head.Append(CultureInfo.InvariantCulture, $"\r\nDate: {DateTimeOffset.UtcNow:R}");
        head.Append("\r\nConnection: ").Append(keepAlive ? "keep-alive" : "close").Append("\r\n");
        foreach (KeyValuePair<string, string> header in reply.Headers)
        {
            head.Append(header.Key).Append(": ").Append(header.Value).Append("\r\n");
        }

        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.BodyLength()}\r\n\r\n");
        return Encoding.Latin1.GetBytes(head.ToString());
    }

    private static byte[] Compressed(IReadOnlyList<ReadOnlyMemory<byte>> body)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (ReadOnlyMemory<byte> piece in body)
            {
                gzip.Write(piece.Span);
            }
        }

        return target.ToArray();
    }

    private async ValueTask<bool> WriteAsync(RawReply reply, CancellationToken cancel)
    {
        foreach (RawPiece piece in reply.Pieces)
        {
            if (piece.Pause > TimeSpan.Zero)
            {
                await Task.Delay(piece.Pause, cancel).ConfigureAwait(false);
            }

            await stream.WriteAsync(piece.Bytes, cancel).ConfigureAwait(false);
        }

        if (reply.End == RawEnd.Open)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return reply.End == RawEnd.KeepAlive;
    }

    private async ValueTask DripAsync(byte[] head, HttpReply reply, CancellationToken cancel)
    {
        await stream.WriteAsync(head, cancel).ConfigureAwait(false);
        byte[] body = reply.BodyBytes();
        for (int i = 0; i < body.Length; i++)
        {
            await Task.Delay(reply.Pace, cancel).ConfigureAwait(false);
            await stream.WriteAsync(body.AsMemory(i, 1), cancel).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteAsync(byte[] head, IReadOnlyList<ReadOnlyMemory<byte>> body, CancellationToken cancel)
    {
        await AppendAsync(head, cancel).ConfigureAwait(false);
        for (int i = 0; i < body.Count; i++)
        {
            await AppendAsync(body[i], cancel).ConfigureAwait(false);
        }

        await FlushAsync(cancel).ConfigureAwait(false);
    }

    private async ValueTask AppendAsync(ReadOnlyMemory<byte> piece, CancellationToken cancel)
    {
        if (piece.Length > _buffer.Length - _used)
        {
            await FlushAsync(cancel).ConfigureAwait(false);
            if (piece.Length > _buffer.Length)
            {
                await stream.WriteAsync(piece, cancel).ConfigureAwait(false);
                return;
            }
        }

        piece.CopyTo(_buffer.AsMemory(_used));
        _used += piece.Length;
    }

    private async ValueTask FlushAsync(CancellationToken cancel)
    {
        if (_used > 0)
        {
            await stream.WriteAsync(_buffer.AsMemory(0, _used), cancel).ConfigureAwait(false);
            _used = 0;
        }
    }
}
