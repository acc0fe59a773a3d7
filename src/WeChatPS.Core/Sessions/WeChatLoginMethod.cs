namespace WeChatPS;

/// <summary>How a session logs in.</summary>
public enum WeChatLoginMethod : long
{
    /// <summary>Resume the saved session, else ask the phone to confirm, else show a QR code.</summary>
    Auto,

    /// <summary>Only resume the saved session; nobody is asked for anything.</summary>
    Resume,

    /// <summary>Ask the phone that logged in last time to confirm; no code.</summary>
    Push,

    /// <summary>Show a QR code.</summary>
    Qr,
}
