namespace WeChatPS;

/// <summary>The kind of a login step.</summary>
public enum LoginStepKind : long
{
    /// <summary>The saved session is being resumed.</summary>
    Resuming,

    /// <summary>The saved session has ended. The next login method follows.</summary>
    ResumeFailed,

    /// <summary>WeChat on the phone asks the user to confirm the login, without a QR code.</summary>
    Pushed,

    /// <summary>A QR code is ready to scan.</summary>
    QrCode,

    /// <summary>The QR code was scanned.</summary>
    Scanned,

    /// <summary>The login was confirmed on the phone.</summary>
    Confirmed,

    /// <summary>WeChat redirected the login to another server, where it starts again.</summary>
    SentElsewhere,

    /// <summary>The login was cancelled on the phone.</summary>
    Cancelled,

    /// <summary>The QR code has expired.</summary>
    Expired,
}
