using System;
using System.Globalization;

namespace WeChatPS.Media;

/// <summary>The default names of saved files.</summary>
internal static class MediaName
{
    /// <summary>Gets a file's own name as a safe file name. Other media are named by kind, time and id, without an extension.</summary>
    public static string Of(WeChatMessage message)
    {
        string time = message.Time.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string own = SafeFileName.From($"{message.Kind}-{time}-{message.Id}", message.Kind.ToString());
        return message.Content is FileContent file ? SafeFileName.From(file.Name, own) : own;
    }

    /// <summary>Adds the extension of the format, unless the name already has it.</summary>
    public static string WithExtension(string name, MediaFormat format) =>
        name.EndsWith("." + format.Extension, StringComparison.OrdinalIgnoreCase) ? name : $"{name}.{format.Extension}";

    /// <summary>Gets the noun for the media of a message.</summary>
    public static string Word(MessageKind kind, bool isThumbnail) => kind switch
    {
        _ when isThumbnail => "thumbnail",
        MessageKind.Image => "image",
        MessageKind.Voice => "voice message",
        MessageKind.Emoticon => "sticker",
        MessageKind.Location => "map",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
