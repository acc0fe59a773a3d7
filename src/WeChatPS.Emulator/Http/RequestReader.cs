using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace WeChatPS.Emulator.Http;

/// <summary>
/// Reads requests from a connection. It reads ahead while a request is processed, to detect a client that disconnects during a long
/// poll.
/// </summary>
internal sealed class RequestReader(Stream stream, Action clientGone)
{
    private const int MaxHead = 64 * 1024;
    private const int MaxBody = 96 * 1024 * 1024;

    private byte[] _buffer = new byte[8 * 1024];
    private int _start;
    private int _end;
    private Task<int>? _pending;

    /// <summary>Starts to wait for the client's next bytes or its disconnection.</summary>
    public void ReadAhead()
    {
        if (_pending is null && _end < _buffer.Length)
        {
            _pending = ReadOnceAsync();
        }
    }

    /// <summary>Reads the next request; null when the client has disconnected.</summary>
    /// <exception cref="BadRequestException">The request is not valid HTTP/1.1.</exception>
    public async ValueTask<HttpRequest?> ReadAsync()
    {
        int length;
        while ((length = HeadLength()) < 0)
        {
            if (_end - _start > MaxHead)
            {
                throw new BadRequestException(431, "the request head is longer than 64 KiB");
            }

            if (!await FillAsync().ConfigureAwait(false))
            {
                return null;
            }
        }

        HttpRequest request = ParseHead(Encoding.Latin1.GetString(_buffer, _start, length));
        _start += length + 4;
        if (request.HeaderHas("Expect", "100-continue"))
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray()).ConfigureAwait(false);
        }

        ReadOnlyMemory<byte>? body = request.HeaderHas("Transfer-Encoding", "chunked")
            ? await ReadChunksAsync().ConfigureAwait(false)
            : await ReadBytesAsync(ContentLength(request)).ConfigureAwait(false);
        if (body is null)
        {
            return null;
        }

        request.Body = body.Value;
        return request;
    }

    private static HttpRequest ParseHead(string head)
    {
        string[] lines = head.Split("\r\n");
        string[] first = lines[0].Split(' ');
        if (first.Length != 3 || !first[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            throw new BadRequestException(400, "the first line is not METHOD TARGET HTTP/1.x");
        }

        var headers = new List<KeyValuePair<string, string>>(lines.Length - 1);
        for (int i = 1; i < lines.Length; i++)
        {
            int colon = lines[i].IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new BadRequestException(400, "a header line has no name");
            }

            headers.Add(new(lines[i][..colon], lines[i][(colon + 1)..].Trim()));
        }

        // A client of a proxy sends the whole address. Only the path matters here.
        string target = first[1];
        if (!target.StartsWith('/') && Uri.TryCreate(target, UriKind.Absolute, out Uri? uri))
        {
            target = uri.PathAndQuery;
        }

        return new HttpRequest(first[0], target, first[2], headers);
    }

    private static int ContentLength(HttpRequest request)
    {
        string? text = request.Header("Content-Length");
        if (text is null)
        {
            return 0;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
        {
            throw new BadRequestException(400, "Content-Length is not a number");
        }

        return length <= MaxBody ? (int)length : throw new BadRequestException(413, "the body is larger than 96 MiB");
    }

    private int HeadLength() => _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);

    private async ValueTask<ReadOnlyMemory<byte>?> ReadBytesAsync(int length)
    {
        if (length == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        var body = new byte[length];
        int have = Math.Min(length, _end - _start);
        Buffer.BlockCopy(_buffer, _start, body, 0, have);
        _start += have;
        while (have < length)
        {
            int count = await ReadOnceAsync(body.AsMemory(have)).ConfigureAwait(false);
            if (count == 0)
            {
                return null;
            }

            have += count;
        }

        return body;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadChunksAsync()
    {
        using var body = new MemoryStream();
        while (true)
        {
            string? line = await ReadLineAsync().ConfigureAwait(false);
            if (line is null)
            {
                return null;
            }

            string size = line.Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int length) || length < 0)
            {
                throw new BadRequestException(400, "a chunk has no size");
            }

            if (body.Length + length > MaxBody)
            {
                throw new BadRequestException(413, "the body is larger than 96 MiB");
            }

            if (await ReadBytesAsync(length).ConfigureAwait(false) is not { } chunk)
            {
                return null;
            }

            body.Write(chunk.Span);
            string? end = await ReadLineAsync().ConfigureAwait(false);
            if (length == 0)
            {
                return body.ToArray();
            }

            if (end is not "")
            {
                throw new BadRequestException(400, "a chunk is longer than its size");
            }
        }
    }

    private async ValueTask<string?> ReadLineAsync()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
        {
            if (_end - _start > MaxHead)
            {
                throw new BadRequestException(400, "a chunk line is longer than 64 KiB");
            }

            if (!await FillAsync().ConfigureAwait(false))
            {
                return null;
            }
        }

        string line = Encoding.Latin1.GetString(_buffer, _start, length);
        _start += length + 2;
        return line;
    }

    private async ValueTask<bool> FillAsync()
    {
        if (_pending is null)
        {
            MakeRoom();
        }

        int count = await (_pending ?? ReadOnceAsync()).ConfigureAwait(false);
        _pending = null;
        _end += count;
        return count > 0;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    private Task<int> ReadOnceAsync()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }

        return ReadOnceAsync(_buffer.AsMemory(_end)).AsTask();
    }

    private async ValueTask<int> ReadOnceAsync(Memory<byte> into)
    {
        int count = 0;
        try
        {
            count = await stream.ReadAsync(into).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // A reset counts as the end of the connection.
        }

        if (count == 0)
        {
            clientGone();
        }

        return count;
    }
}
