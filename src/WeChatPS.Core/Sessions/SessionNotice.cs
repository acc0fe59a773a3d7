namespace WeChatPS;

/// <summary>How loud a notice is.</summary>
internal enum NoticeLevel
{
    Debug,
    Verbose,
    Information,
    Warning,
}

/// <summary>Something a session has to say while no cmdlet asked: the next cmdlet that runs writes it to its streams.</summary>
internal sealed record SessionNotice(NoticeLevel Level, string Text);
