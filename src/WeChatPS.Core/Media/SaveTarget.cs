namespace WeChatPS.Media;

/// <summary>The action when a file with the name already exists.</summary>
internal enum IfExists
{
    /// <summary>Adds a number to the new file's name.</summary>
    Number,

    /// <summary>Replaces the existing file.</summary>
    Replace,

    /// <summary>Fails with an error.</summary>
    Fail,
}

/// <summary>The target of a download.</summary>
/// <param name="Folder">The folder, which is created if it does not exist.</param>
/// <param name="FileName">The file name; null for the default name.</param>
/// <param name="IfExists">The action when a file with the name already exists.</param>
internal sealed record SaveTarget(string Folder, string? FileName, IfExists IfExists)
{
    /// <summary>Whether a read-only file is replaced too.</summary>
    public bool ReplacesReadOnly { get; init; }
}
