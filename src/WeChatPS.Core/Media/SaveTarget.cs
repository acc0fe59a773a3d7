namespace WeChatPS.Media;

/// <summary>What happens when a file of that name is there already.</summary>
internal enum IfExists
{
    /// <summary>The new one gets a number.</summary>
    Number,

    /// <summary>The new one takes its place.</summary>
    Replace,

    /// <summary>It is an error.</summary>
    Fail,
}

/// <summary>Where something that is fetched goes.</summary>
/// <param name="Folder">The folder; it is created when it is missing.</param>
/// <param name="FileName">The file's name; null for the name that fits what is fetched.</param>
/// <param name="IfExists">What happens when a file of that name is there already.</param>
internal sealed record SaveTarget(string Folder, string? FileName, IfExists IfExists)
{
    /// <summary>Whether a file that is marked as not to be written is replaced too.</summary>
    public bool ReplacesReadOnly { get; init; }
}
