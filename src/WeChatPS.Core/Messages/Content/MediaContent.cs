using System;

namespace WeChatPS;

/// <summary>An image.</summary>
/// <param name="Width">The thumbnail's size in pixels; 0 if unknown.</param>
/// <param name="Height">The thumbnail's size in pixels; 0 if unknown.</param>
/// <param name="Size">The size in bytes; 0 if unknown.</param>
public sealed record ImageContent(int Width, int Height, long Size);

/// <summary>A voice message.</summary>
/// <param name="Duration">The duration.</param>
public sealed record VoiceContent(TimeSpan Duration);

/// <summary>A video.</summary>
/// <param name="Duration">The duration in whole seconds.</param>
/// <param name="Width">The width in pixels; 0 if unknown.</param>
/// <param name="Height">The height in pixels; 0 if unknown.</param>
/// <param name="Size">The size in bytes; 0 if unknown.</param>
public sealed record VideoContent(TimeSpan Duration, int Width, int Height, long Size);

/// <summary>A sticker or animated image.</summary>
/// <param name="Md5">The MD5 digest of the image in hexadecimal digits; empty if unknown.</param>
/// <param name="Width">The width in pixels; 0 if unknown.</param>
/// <param name="Height">The height in pixels; 0 if unknown.</param>
/// <param name="Size">The size in bytes; 0 if unknown.</param>
/// <param name="IsFromStore">Whether the sticker is from the store. Store stickers cannot be downloaded.</param>
public sealed record EmoticonContent(string Md5, int Width, int Height, long Size, bool IsFromStore);

/// <summary>A file.</summary>
/// <param name="Name">The sender's name for the file. It is untrusted and must not be used as a path.</param>
/// <param name="Size">The size in bytes; 0 if unknown.</param>
public sealed record FileContent(string Name, long Size)
{
    /// <summary>The media id for the download.</summary>
    internal string MediaId { get; init; } = "";

    /// <summary>The encoded name for the download (EncryFileName).</summary>
    internal string EncodedName { get; init; } = "";
}
