using System;

namespace WeChatPS;

/// <summary>A picture.</summary>
/// <param name="Width">Of the preview, in pixels; 0 when not said.</param>
/// <param name="Height">Of the preview, in pixels; 0 when not said.</param>
/// <param name="Size">In bytes; 0 when not said.</param>
public sealed record ImageContent(int Width, int Height, long Size);

/// <summary>A voice recording.</summary>
/// <param name="Duration">How long it is.</param>
public sealed record VoiceContent(TimeSpan Duration);

/// <summary>A video.</summary>
/// <param name="Duration">How long it is, in whole seconds.</param>
/// <param name="Width">In pixels; 0 when not said.</param>
/// <param name="Height">In pixels; 0 when not said.</param>
/// <param name="Size">In bytes; 0 when not said.</param>
public sealed record VideoContent(TimeSpan Duration, int Width, int Height, long Size);

/// <summary>A sticker or an animated picture.</summary>
/// <param name="Md5">Identifies the picture, in hexadecimal; empty when not said.</param>
/// <param name="Width">In pixels; 0 when not said.</param>
/// <param name="Height">In pixels; 0 when not said.</param>
/// <param name="Size">In bytes; 0 when not said.</param>
/// <param name="IsFromStore">Whether it belongs to a set from the store: those cannot be downloaded.</param>
public sealed record EmoticonContent(string Md5, int Width, int Height, long Size, bool IsFromStore);

/// <summary>A file.</summary>
/// <param name="Name">As the sender calls it: not fit for a path as it is.</param>
/// <param name="Size">In bytes; 0 when not said.</param>
public sealed record FileContent(string Name, long Size)
{
    /// <summary>What the file is fetched by.</summary>
    internal string MediaId { get; init; } = "";

    /// <summary>The name as the file server wants it.</summary>
    internal string EncodedName { get; init; } = "";
}
