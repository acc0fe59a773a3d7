namespace WeChatPS.Sync;

/// <summary>The meaning of a response, or of a missing response, for the loop.</summary>
internal enum SyncVerdict
{
    /// <summary>The server responded correctly.</summary>
    Ok,

    /// <summary>The response is invalid but shows that data is pending. The loop fetches.</summary>
    Wake,

    /// <summary>A temporary failure. The loop retries with growing pauses.</summary>
    Transient,

    /// <summary>The server was not reached. The loop retries after short pauses.</summary>
    Offline,

    /// <summary>The server throttles the account (1205). The loop pauses for minutes.</summary>
    Throttled,

    /// <summary>The server says that the session is over.</summary>
    Fatal,
}
