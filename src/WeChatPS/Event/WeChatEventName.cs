namespace WeChatPS;

/// <summary>The kind of events for Register-WeChatEvent.</summary>
public enum WeChatEventName : long
{
    /// <summary>A message was received.</summary>
    Message,

    /// <summary>The session's state has changed.</summary>
    StateChanged,

    /// <summary>The session has a notice: a warning or a recovery.</summary>
    Notice,
}
