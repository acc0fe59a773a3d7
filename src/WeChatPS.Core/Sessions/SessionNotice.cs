namespace WeChatPS;

/// <summary>The level of a notice.</summary>
internal enum NoticeLevel
{
    Debug,
    Verbose,
    Information,
    Warning,
}

/// <summary>A notice that a session raises between cmdlets. The next cmdlet writes it to its streams.</summary>
internal sealed record SessionNotice(NoticeLevel Level, string Text);
