using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using WeChatPS.Emulator;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Too many headers, too long ones, and such as are none.</summary>
internal static class HeaderRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("headers");
    private static readonly byte[] s_line = Encoding.Latin1.GetBytes("X-Flood: " + new string('f', 8000) + "\r\n");
    private static readonly byte[] s_letters = Encoding.Latin1.GetBytes(new string('f', 64 * 1024));

    public static IEnumerable<OddServer> All =>
    [
        s_row("two thousand small headers", stage => stage.All(Odd.Headers(() => string.Concat(Enumerable.Range(0, 2000).Select(n => $"X-{n}: y\r\n"))))) with { Delivers = true },
        s_row("a header of 100 KB", stage => stage.All(Odd.Headers(() => "X-Long: " + new string('x', 100_000) + "\r\n"))),
        s_row("headers for ever", stage => stage.All(new RawReply(Enumerable.Repeat(new RawPiece(s_line), 20_000).Prepend(Start)))),
        s_row("a header without an end", stage => stage.All(new RawReply(Enumerable.Repeat(new RawPiece(s_letters), 4_000).Prepend(Start)))),
        s_row("header lines without a name", stage => stage.All(Odd.Headers(() => ": nameless\r\n"))),
        s_row("header lines without a colon", stage => stage.All(Odd.Headers(() => "this is no header\r\n"))),
        s_row("NUL and control characters in a header", stage => stage.All(Odd.Headers(() => "X-Odd: a\0b\u0001\u007f\r\n"))),
        s_row("folded headers", stage => stage.All(Odd.Headers(() => "X-Folded: one\r\n two\r\n\tthree\r\n"))) with { Delivers = true },
        s_row("a Date ten years ahead", stage => stage.All(Odd.Headers(() => "Date: Sat, 30 Nov 2036 10:00:00 GMT\r\n"))) with { Delivers = true },
        s_row("a Date long ago", stage => stage.All(Odd.Headers(() => "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"))) with { Delivers = true },
        s_row("a Date that is none", stage => stage.All(Odd.Headers(() => "Date: tomorrow\r\nDate: never\r\n"))) with { Delivers = true },
        s_row("a Content-Type that is none", stage => stage.All(Odd.Headers(() => "Content-Type: ;;;=,\u00e9\r\nContent-Type: b\r\n"))) with { Delivers = true },
    ];

    private static RawPiece Start => new("HTTP/1.1 200 OK\r\nX-Start: "u8.ToArray());
}
