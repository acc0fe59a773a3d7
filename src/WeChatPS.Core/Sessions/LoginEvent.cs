using System;

namespace WeChatPS;

/// <summary>A step of a login, to show to the user.</summary>
internal abstract record LoginEvent
{
    /// <summary>The saved session is being resumed.</summary>
    internal sealed record Resuming : LoginEvent;

    /// <summary>The saved session has ended. The next login method follows.</summary>
    internal sealed record ResumeFailed(string Why) : LoginEvent;

    /// <summary>WeChat on the phone asks the user to confirm the login, without a QR code.</summary>
    internal sealed record Pushed : LoginEvent;

    /// <summary>A QR code is ready to scan.</summary>
    internal sealed record QrCode(Uri Text, int Attempt, int Of) : LoginEvent;

    /// <summary>The QR code was scanned. The server may send the scanner's avatar. The phone asks for confirmation.</summary>
    internal sealed record Scanned(byte[]? Avatar) : LoginEvent;

    /// <summary>The login was confirmed on the phone.</summary>
    internal sealed record Confirmed : LoginEvent;

    /// <summary>The server redirected the login to another server, where it starts again with a QR code.</summary>
    internal sealed record SentElsewhere(string Host) : LoginEvent;

    /// <summary>The login was cancelled on the phone.</summary>
    internal sealed record Cancelled : LoginEvent;

    /// <summary>The QR code has expired.</summary>
    internal sealed record Expired : LoginEvent;
}
