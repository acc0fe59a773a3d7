using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace WeChatPS.Emulator.Http;

/// <summary>Responses to range requests: <c>Range: bytes=0-</c>.</summary>
internal static partial class ByteRange
{
    /// <summary>Creates a response with 206 and the range, or 416 for an invalid range.</summary>
    public static HttpReply Reply(string contentType, ReadOnlyMemory<byte> data, string range)
    {
        Match match = Pattern().Match(range);
        long from = match.Success ? long.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : data.Length;
        long to = match.Groups[2].Length > 0
            ? Math.Min(long.Parse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), data.Length - 1)
            : data.Length - 1;
        if (from > to)
        {
            return new HttpReply { Status = 416 }.With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{data.Length}"));
        }

        HttpReply reply = HttpReply.Of(contentType, data[(int)from..(int)(to + 1)])
            .With("Accept-Ranges", "bytes")
            .With("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT")
            .With("ETag", string.Create(CultureInfo.InvariantCulture, $"{data.Length:x}-emulator"))
            .With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{data.Length}"));
        reply.Status = 206;
        return reply;
    }

    [GeneratedRegex("^bytes=([0-9]{1,15})-([0-9]{0,15})$", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
