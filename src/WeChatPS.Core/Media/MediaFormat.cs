using System;
using System.Collections.Generic;

namespace WeChatPS.Media;

/// <summary>The class of media.</summary>
internal enum MediaClass
{
    /// <summary>Any content.</summary>
    Any,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A voice message.</summary>
    Audio,

    /// <summary>A video.</summary>
    Video,
}

/// <summary>The format of a file, recognized by its first bytes.</summary>
/// <param name="Class">The class.</param>
/// <param name="Extension">The file name extension, without a dot.</param>
internal readonly record struct MediaFormat(MediaClass Class, string Extension)
{
    private static readonly Dictionary<string, MediaFormat> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpeg"] = new(MediaClass.Image, "jpg"),
        ["image/jpg"] = new(MediaClass.Image, "jpg"),
        ["image/png"] = new(MediaClass.Image, "png"),
        ["image/gif"] = new(MediaClass.Image, "gif"),
        ["image/webp"] = new(MediaClass.Image, "webp"),
        ["image/bmp"] = new(MediaClass.Image, "bmp"),
        ["image/heic"] = new(MediaClass.Image, "heic"),
        ["audio/mp3"] = new(MediaClass.Audio, "mp3"),
        ["audio/mpeg"] = new(MediaClass.Audio, "mp3"),
        ["audio/amr"] = new(MediaClass.Audio, "amr"),
        ["audio/wav"] = new(MediaClass.Audio, "wav"),
        ["video/mp4"] = new(MediaClass.Video, "mp4"),
        ["video/quicktime"] = new(MediaClass.Video, "mov"),
    };

    /// <summary>Gets the format from the first bytes; null for an unknown format.</summary>
    public static MediaFormat? Of(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => new(MediaClass.Image, "jpg"),
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => new(MediaClass.Image, "png"),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => new(MediaClass.Image, "gif"),
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => new(MediaClass.Image, "bmp"),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => new(MediaClass.Image, "webp"),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => new(MediaClass.Audio, "wav"),
        [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, >= 0xE0, ..] => new(MediaClass.Audio, "mp3"),
        [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => new(MediaClass.Audio, "amr"),
        [2, (byte)'#', (byte)'!', (byte)'S', (byte)'I', (byte)'L', (byte)'K', ..] => new(MediaClass.Audio, "silk"),
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => new(MediaClass.Video, "mp4"),
        _ => null,
    };

    /// <summary>Gets the format from a content type; null for an unknown type.</summary>
    public static MediaFormat? OfContentType(string? type) =>
        type is not null && s_types.TryGetValue(type.Split(';')[0].Trim(), out MediaFormat format) ? format : null;
}
