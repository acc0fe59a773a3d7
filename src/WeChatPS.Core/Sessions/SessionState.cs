namespace WeChatPS;

/// <summary>Where a session stands.</summary>
public enum SessionState : long
{
    /// <summary>Not connected, or released.</summary>
    Disconnected,

    /// <summary>Talking to the server to log in or to resume.</summary>
    Connecting,

    /// <summary>The QR code is shown and waits for a phone.</summary>
    AwaitingScan,

    /// <summary>Scanned (or pushed): the phone is asked to confirm.</summary>
    AwaitingConfirmation,

    /// <summary>Connected; the last exchange with the server was good.</summary>
    Online,

    /// <summary>Connected, but the server does not answer as it should; the session keeps trying.</summary>
    Degraded,

    /// <summary>The server no longer accepts the session (1101, 1102).</summary>
    Expired,

    /// <summary>Signed out: on the phone, by another login (1100) or by Disconnect-WeChat -Logout.</summary>
    LoggedOut,

    /// <summary>The server refuses this account or this environment (1203).</summary>
    Restricted,
}
