using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Bodies that cannot be unpacked or read, and such as only look so.</summary>
internal static class EncodingRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("encoding");
    private static readonly Lazy<byte[]> s_bomb = new(() => Packed(Enumerable.Repeat(new byte[1024 * 1024], 740)));

    public static IEnumerable<OddServer> All =>
    [
        s_row("gzip that is none", stage => stage.All(Odd.Altered(normal => normal.With("Content-Encoding", "gzip")))),
        s_row("brotli that cannot be decoded", stage => stage.All(Odd.Altered(normal =>
        {
            normal.Body = Enumerable.Repeat((byte)0xff, 300).ToArray();
            normal.With("Content-Encoding", "br");
        }))),
        s_row("deflate that is none", stage => stage.All(Odd.Altered(normal => normal.With("Content-Encoding", "deflate")))),
        s_row("zstd and an encoding that does not exist", stage => stage.All(Odd.Altered(normal => normal.With("Content-Encoding", "zstd, x-odd")))),
        s_row("gzip cut in the middle", stage => stage.Fetches(Odd.Altered(normal =>
        {
            byte[] packed = Packed([normal.Body.ToArray()]);
            normal.Body = packed.AsMemory(0, packed.Length / 2);
            normal.With("Content-Encoding", "gzip");
        }))),
        s_row("gzip of gzip, named once", stage => stage.Fetches(Odd.Altered(normal =>
        {
            normal.Body = Packed([Packed([normal.Body.ToArray()])]);
            normal.With("Content-Encoding", "gzip");
        }))),
        s_row("gzip with junk behind it", stage => stage.Fetches(Odd.Altered(normal =>
        {
            normal.Body = (byte[])[.. Packed([normal.Body.ToArray()]), 1, 2, 3];
            normal.With("Content-Encoding", "gzip");
        }))),
        s_row("740 MB in a small gzip", stage => stage.Fetches(Odd.Ok(s_bomb.Value, "Content-Encoding: gzip\r\n"))) with { IsHeavy = true },
        s_row("a poll of 740 MB in a small gzip", stage => stage.Polls(Odd.Ok(s_bomb.Value, "Content-Encoding: gzip\r\n"))) with { Delivers = true, Within = TimeSpan.FromSeconds(10) },
        s_row("UTF-16 that says so", stage => stage.All(Odd.Altered(normal =>
        {
            normal.Body = Encoding.Unicode.GetBytes(normal.Text);
            normal.With("Content-Type", "text/plain; charset=utf-16");
        }))),
        s_row("a byte order mark", stage => stage.All(Odd.Altered(normal => normal.Body = (byte[])[0xef, 0xbb, 0xbf, .. normal.Body.Span]))) with { Delivers = true },
        s_row("a charset that does not exist", stage => stage.All(Odd.Altered(normal => normal.With("Content-Type", "text/plain; charset=x-odd")))) with { Delivers = true },
        s_row("bytes that are no UTF-8 in every name", stage => stage.Fetches(Odd.Altered(normal =>
            normal.Body = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(normal.Body.Span).Replace("\"NickName\": \"", "\"NickName\": \"\u00ff\u00c0", StringComparison.Ordinal))))) with { Delivers = true },
        s_row("nothing but NUL", stage => stage.All(Odd.Altered(normal => normal.Body = new byte[5000]))),
    ];

    private static byte[] Packed(IEnumerable<byte[]> pieces)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (byte[] piece in pieces) gzip.Write(piece);
        }

        return target.ToArray();
    }
}
