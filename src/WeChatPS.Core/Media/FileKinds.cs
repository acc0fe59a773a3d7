using System;
using System.IO;

namespace WeChatPS.Media;

/// <summary>Decides whether a file is sent as an image, video, sticker or file, and the parameters of its upload.</summary>
internal static class FileKinds
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Gets the size limit of a kind in bytes: 50 MB for files, 20 MB for others (official web client, openwechat's <c>global.go</c>).</summary>
    public static long Limit(WeChatFileKind kind) => (kind == WeChatFileKind.File ? 50 : 20) * Mebibyte;

    /// <summary>Gets the kind from the first bytes and the extension. Content above the limit of its kind is sent as a file.</summary>
    public static WeChatFileKind Of(ReadOnlySpan<byte> head, string name, long length)
    {
        WeChatFileKind kind = MediaFormat.Of(head) switch
        {
            { Extension: "jpg" or "png" or "bmp" } => WeChatFileKind.Image,
            { Extension: "gif" } => WeChatFileKind.Emoticon,

            // Audio, images and QuickTime videos use the same container.
            { Extension: "mp4" } when Extension(name) is "mp4" or "m4v" or "" => WeChatFileKind.Video,
            _ => WeChatFileKind.File,
        };
        return length > Limit(kind) ? WeChatFileKind.File : kind;
    }

    /// <summary>Gets the upload's <c>mediatype</c> (official web client).</summary>
    public static string UploadType(WeChatFileKind kind) => kind switch
    {
        WeChatFileKind.Image => "pic",
        WeChatFileKind.Video => "video",
        _ => "doc",
    };

    /// <summary>Gets the content type that a browser would send.</summary>
    public static string ContentType(ReadOnlySpan<byte> head) => MediaFormat.Of(head) switch
    {
        { Extension: "jpg" } => "image/jpeg",
        { Class: MediaClass.Image } image => "image/" + image.Extension,
        { Extension: "mp4" } => "video/mp4",
        _ => "application/octet-stream",
    };

    private static string Extension(string name) => Path.GetExtension(name).TrimStart('.').ToLowerInvariant();
}
