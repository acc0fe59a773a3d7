using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using WeChatPS.Emulator;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Status lines, lengths, chunks, and connections that end too early or too late.</summary>
internal static class FramingRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("framing");

    public static IEnumerable<OddServer> All =>
    [
        s_row("a status line without a reason", stage => stage.All(Odd.Headed(normal => $"HTTP/1.1 200\r\n{Length(normal)}\r\n"))) with { Delivers = true },
        s_row("HTTP/1.0 without a length, ended by closing", stage => stage.All(Odd.Headed(_ => "HTTP/1.0 200 OK\r\n\r\n", RawEnd.Close))) with { Delivers = true },
        s_row("lines that end with LF alone", stage => stage.All(Odd.Headed(normal => $"HTTP/1.1 200 OK\nContent-Length: {normal.Body.Length}\n\n"))),
        s_row("fetches of status line '0 -'", stage => stage.Fetches(Odd.Bytes("HTTP/1.1 0 -\r\n\r\n"))),
        s_row("status 999", stage => stage.All(Odd.With("HTTP/1.1 999 Beyond"))),
        s_row("a status line in small letters", stage => stage.All(Odd.Headed(normal => $"http/1.1 200 ok\r\n{Length(normal)}\r\n"))),
        s_row("HTTP/2.0 as text", stage => stage.All(Odd.Headed(normal => $"HTTP/2.0 200 OK\r\n{Length(normal)}\r\n"))),
        s_row("ICY 200 OK", stage => stage.All(Odd.Bytes("ICY 200 OK\r\n\r\n"))),
        s_row("bytes before the status line", stage => stage.All(Odd.Headed(normal => $"\0\0\u00ff\r\nHTTP/1.1 200 OK\r\n{Length(normal)}\r\n"))),
        s_row("a negative length", stage => stage.All(Odd.Headed(_ => "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", RawEnd.Close))),
        s_row("two different lengths", stage => stage.All(Odd.Headed(normal => $"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n{Length(normal)}\r\n"))),
        s_row("a length beyond the body, then the end", stage => stage.Fetches(Odd.Headed(normal => $"HTTP/1.1 200 OK\r\nContent-Length: {normal.Body.Length + 10}\r\n\r\n", RawEnd.Close))),
        s_row("a length below the body", stage => stage.All(Odd.Headed(normal => $"HTTP/1.1 200 OK\r\nContent-Length: {normal.Body.Length / 2}\r\n\r\n"))),
        s_row("a chunk size that is no number", stage => stage.All(Odd.Bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nXYZ\r\nabc\r\n0\r\n\r\n"))),
        s_row("a chunk of 2 GB that is not there", stage => stage.Fetches(Odd.Bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n{}"))),
        s_row("chunks that end with a reset", stage => stage.All(Odd.Bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", RawEnd.Reset))),
        s_row("chunks with extensions and trailers", stage => stage.All(Chunked)) with { Delivers = true },
        s_row("some 100 Continue and 103 before the answer", stage => stage.All(Odd.Headed(normal =>
            $"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n{Length(normal)}\r\n"))) with { Delivers = true },
        s_row("100 Continue for ever", stage => stage.All(new RawReply(Enumerable.Repeat(Piece("HTTP/1.1 100 Continue\r\n\r\n", 5), 400), RawEnd.Close))),
        s_row("204 with a body", stage => stage.Fetches(Odd.With("HTTP/1.1 204 No Content", "{\"BaseResponse\":{\"Ret\":0}}"u8.ToArray()))),
        s_row("206 of half a body", stage => stage.Fetches(Odd.Headed(normal => $"HTTP/1.1 206 Partial Content\r\n{Length(normal)}\r\n"))),
        s_row("nothing but the end", stage => stage.All(Odd.Bytes(""))),
        s_row("nothing but a reset", stage => stage.All(Odd.Bytes("", RawEnd.Reset))),
        s_row("a reset after the head", stage => stage.All(Odd.Bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", RawEnd.Reset))),
        s_row("two answers to one request", stage => stage.All(Twice)),
        s_row("a connection that dies when it is used again", CloseOnReuse) with { Delivers = true },
        s_row("500 as a page", stage => stage.All(Odd.With("HTTP/1.1 500 Internal Server Error", "<html>no</html>"u8.ToArray()))),
        s_row("502 and 504 in turn", Alternating("HTTP/1.1 502 Bad Gateway", "HTTP/1.1 504 Gateway Timeout")),
        s_row("401 and 407 with challenges", Alternating("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=x", "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate")),
        s_row("429 with Retry-After of a day", stage => stage.All(Odd.With("HTTP/1.1 429 Too Many Requests", default, "Retry-After: 86400\r\n"))),
        s_row("polls of 500 while fetches work", stage => stage.Polls(Odd.With("HTTP/1.1 500 Internal Server Error"))) with { Delivers = true, Within = TimeSpan.FromSeconds(10) },
    ];

    private static string Length(NormalReply normal) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {normal.Body.Length}\r\n");

    private static RawPiece Piece(string text, int pause) => new(Encoding.Latin1.GetBytes(text), TimeSpan.FromMilliseconds(pause));

    private static async Task<RawReply> Chunked(RawExchange exchange)
    {
        NormalReply normal = await exchange.NormalAsync();
        IEnumerable<RawPiece> chunks = normal.Body.ToArray().Chunk(17).Select(bytes =>
            new RawPiece((byte[])[.. Encoding.Latin1.GetBytes($"{bytes.Length:x4};odd=\"yes\"\r\n"), .. bytes, 13, 10]));
        return new RawReply([Piece("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n", 0), .. chunks, Piece("0\r\nX: y\r\n\r\n", 0)], RawEnd.KeepAlive);
    }

    private static async Task<RawReply> Twice(RawExchange exchange)
    {
        RawReply reply = (await exchange.NormalAsync()).ToRaw();
        return reply with { Pieces = [.. reply.Pieces, .. reply.Pieces] };
    }

    private static void CloseOnReuse(OddStage stage)
    {
        var used = new ConcurrentDictionary<long, bool>();
        stage.All(async exchange => used.TryAdd(exchange.Request.Connection, true) ? (await exchange.NormalAsync()).ToRaw() : Odd.Bytes(""));
    }

    private static Action<OddStage> Alternating(params string[] status) => stage =>
    {
        int n = 0;
        stage.All(_ => Task.FromResult(Odd.With(status[n++ % status.Length])));
    };
}
