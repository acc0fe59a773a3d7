namespace WeChatPS.Sync;

/// <summary>What a reply, or its absence, means for the loop.</summary>
internal enum SyncVerdict
{
    /// <summary>The server answered as it should.</summary>
    Ok,

    /// <summary>Something is pending though the reply is broken: fetch.</summary>
    Wake,

    /// <summary>Trouble that passes: try again later.</summary>
    Transient,

    /// <summary>The server was not even reached: try again soon, nobody is burdened by it.</summary>
    Offline,

    /// <summary>The server asks for less traffic: leave it alone for minutes.</summary>
    Throttled,

    /// <summary>The server says that the session is over.</summary>
    Fatal,
}
