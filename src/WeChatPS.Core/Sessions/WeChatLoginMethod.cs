namespace WeChatPS;

/// <summary>The login method of a session.</summary>
public enum WeChatLoginMethod : long
{
    /// <summary>Resume the saved session. Otherwise try a push login to the phone, then show a QR code.</summary>
    Auto,

    /// <summary>Only resume the saved session, without a new login.</summary>
    Resume,

    /// <summary>Send a push login to the phone of the last login, without a QR code.</summary>
    Push,

    /// <summary>Show a QR code.</summary>
    Qr,
}
