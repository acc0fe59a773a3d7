namespace WeChatPS;

/// <summary>What a step of a login is.</summary>
public enum LoginStepKind : long
{
    /// <summary>The saved session is being resumed.</summary>
    Resuming,

    /// <summary>The saved session is over; the next way is tried.</summary>
    ResumeFailed,

    /// <summary>The phone was asked to confirm, without a code.</summary>
    Pushed,

    /// <summary>There is a code to scan.</summary>
    QrCode,

    /// <summary>Somebody scanned the code.</summary>
    Scanned,

    /// <summary>The login was confirmed on the phone.</summary>
    Confirmed,

    /// <summary>The login begins anew at another server.</summary>
    SentElsewhere,

    /// <summary>The login was cancelled on the phone.</summary>
    Cancelled,

    /// <summary>The code is of no use any more.</summary>
    Expired,
}
