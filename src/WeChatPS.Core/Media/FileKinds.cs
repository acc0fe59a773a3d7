using System;
using System.IO;

namespace WeChatPS.Media;

/// <summary>Decides as what a file is sent, and what the server wants to know of that.</summary>
internal static class FileKinds
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>The largest file of a kind, in bytes, as the official clients have it.</summary>
    public static long Limit(WeChatFileKind kind) => (kind == WeChatFileKind.File ? 50 : 20) * Mebibyte;

    /// <summary>What a file is by its first bytes; its extension tells what they leave open. What is too large for that goes as a file.</summary>
    public static WeChatFileKind Of(ReadOnlySpan<byte> head, string name, long length)
    {
        WeChatFileKind kind = MediaFormat.Of(head) switch
        {
            { Extension: "jpg" or "png" or "bmp" } => WeChatFileKind.Image,
            { Extension: "gif" } => WeChatFileKind.Emoticon,

            // sound, still pictures and QuickTime come in the same container
            { Extension: "mp4" } when Extension(name) is "mp4" or "m4v" or "" => WeChatFileKind.Video,
            _ => WeChatFileKind.File,
        };
        return length > Limit(kind) ? WeChatFileKind.File : kind;
    }

    /// <summary>The upload's <c>mediatype</c>.</summary>
    public static string UploadType(WeChatFileKind kind) => kind switch
    {
        WeChatFileKind.Image => "pic",
        WeChatFileKind.Video => "video",
        _ => "doc",
    };

    /// <summary>The content type that a browser would name.</summary>
    public static string ContentType(ReadOnlySpan<byte> head) => MediaFormat.Of(head) switch
    {
        { Extension: "jpg" } => "image/jpeg",
        { Class: MediaClass.Image } image => "image/" + image.Extension,
        { Extension: "mp4" } => "video/mp4",
        _ => "application/octet-stream",
    };

    private static string Extension(string name) => Path.GetExtension(name).TrimStart('.').ToLowerInvariant();
}
