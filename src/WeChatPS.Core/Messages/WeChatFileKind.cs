namespace WeChatPS;

/// <summary>The kinds in which a file can be sent.</summary>
public enum WeChatFileKind : long
{
    /// <summary>The kind is chosen by the first bytes and the extension.</summary>
    Auto,

    /// <summary>An image: JPEG, PNG or BMP, up to 20 MB.</summary>
    Image,

    /// <summary>A video: MP4, up to 20 MB.</summary>
    Video,

    /// <summary>An animated image: GIF, up to 20 MB.</summary>
    Emoticon,

    /// <summary>A file, up to 50 MB.</summary>
    File,
}
