using System;
using System.Globalization;

namespace WeChatPS.Media;

/// <summary>What saved files are called when nobody says.</summary>
internal static class MediaName
{
    /// <summary>A file's own name, made harmless; for what has no name its kind, time and id, without an extension.</summary>
    public static string Of(WeChatMessage message)
    {
        string time = message.Time.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string own = SafeFileName.From($"{message.Kind}-{time}-{message.Id}", message.Kind.ToString());
        return message.Content is FileContent file ? SafeFileName.From(file.Name, own) : own;
    }

    /// <summary>The name with the extension that fits, unless it has one that does.</summary>
    public static string WithExtension(string name, MediaFormat format) =>
        name.EndsWith("." + format.Extension, StringComparison.OrdinalIgnoreCase) ? name : $"{name}.{format.Extension}";

    /// <summary>What there is to save, in a word.</summary>
    public static string Word(MessageKind kind, bool isThumbnail) => kind switch
    {
        _ when isThumbnail => "thumbnail",
        MessageKind.Image => "picture",
        MessageKind.Voice => "recording",
        MessageKind.Emoticon => "sticker",
        MessageKind.Location => "map",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
