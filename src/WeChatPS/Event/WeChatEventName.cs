namespace WeChatPS;

/// <summary>What Register-WeChatEvent tells of.</summary>
public enum WeChatEventName : long
{
    /// <summary>A message has come.</summary>
    Message,

    /// <summary>The session's state has changed.</summary>
    StateChanged,

    /// <summary>The session has something to say: a warning, or that something is well again.</summary>
    Notice,
}
