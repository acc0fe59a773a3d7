namespace WeChatPS;

/// <summary>As what a file is sent.</summary>
public enum WeChatFileKind : long
{
    /// <summary>As what it is, which its first bytes and its extension say.</summary>
    Auto,

    /// <summary>As a picture: JPEG, PNG or BMP, up to 20 MB.</summary>
    Image,

    /// <summary>As a video: MP4, up to 20 MB.</summary>
    Video,

    /// <summary>As an animated picture: GIF, up to 20 MB.</summary>
    Emoticon,

    /// <summary>As a file to save, up to 50 MB.</summary>
    File,
}
