using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace WeChatPS.Core.Tests.Web;

/// <summary>Good replies made bad: cut, bytes changed, pieces repeated, pieces of another reply or of an attack put in.</summary>
internal static class HostileBytes
{
    private static readonly byte[][] s_pieces =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", "\\", ",", ":", "null", "-1", "1e999", "99999999999999999999", "\\u", "\\ud83d", "\u0000", "\u001b[2J",
            "<", "&", "&#x", "<span class=\"emoji emoji", "<br/>", ":<br/>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "]]>", "skey=", "\"SKey\":",
            "window.code=", "retcode:", "'", ";", "\uFEFF", "{\"List\":[", "\"MsgType\":", "\"Content\":", "\"AddMsgList\":[", "coord=", "@",
        }.Select(Sample.Bytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    ];

    /// <summary>One to four changes to one of the replies.</summary>
    public static Arbitrary<byte[]> From(params byte[][] replies) => Arb.From(
        from reply in Gen.Elements(replies)
        from changes in Gen.Choose(1, 4)
        from numbers in Gen.ArrayOf(Gen.Choose(0, int.MaxValue - 1), changes * 4)
        select Enumerable.Range(0, changes).Aggregate(reply, (bytes, turn) => Change(bytes, numbers.AsSpan(turn * 4, 4))));

    private static byte[] Change(byte[] bytes, ReadOnlySpan<int> random)
    {
        int at = bytes.Length == 0 ? 0 : random[0] % bytes.Length;
        int length = Math.Min(bytes.Length - at, random[1] % 40);
        byte[] piece = s_pieces[random[2] % s_pieces.Length];
        byte[] before = bytes[..at];
        byte[] after = bytes[(at + length)..];
        return (random[3] % 12) switch
        {
            0 => before,
            1 => [.. before, .. after],
            2 => [.. before, .. piece, .. after],
            3 or 4 or 5 => [.. before, .. piece, .. bytes[at..]],
            6 => [.. bytes[..(at + length)], .. bytes[at..]],
            7 => [.. before, .. Enumerable.Repeat(piece, random[1] % 300).SelectMany(part => part), .. bytes[at..]],
            _ => [.. before, (byte)random[1], .. bytes[Math.Min(at + 1, bytes.Length)..]],
        };
    }
}
