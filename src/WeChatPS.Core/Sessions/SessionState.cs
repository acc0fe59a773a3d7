namespace WeChatPS;

/// <summary>The state of a session.</summary>
public enum SessionState : long
{
    /// <summary>Not connected, or disconnected.</summary>
    Disconnected,

    /// <summary>The login or resume is in progress.</summary>
    Connecting,

    /// <summary>The QR code is ready to scan.</summary>
    AwaitingScan,

    /// <summary>The phone asks for confirmation, after a scan or a push.</summary>
    AwaitingConfirmation,

    /// <summary>Connected. The last response was valid.</summary>
    Online,

    /// <summary>Connected, but the server does not respond correctly or throttles requests. The session keeps trying.</summary>
    Degraded,

    /// <summary>The server no longer accepts the session (1101, 1102).</summary>
    Expired,

    /// <summary>Logged out: on the phone, by another login (1100) or by Disconnect-WeChat -Logout.</summary>
    LoggedOut,

    /// <summary>The server refuses this account or this environment (1203).</summary>
    Restricted,
}
