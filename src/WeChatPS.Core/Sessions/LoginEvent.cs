using System;

namespace WeChatPS;

/// <summary>What happens during a login, for whoever shows it to a person.</summary>
internal abstract record LoginEvent
{
    /// <summary>The saved session is being resumed.</summary>
    internal sealed record Resuming : LoginEvent;

    /// <summary>The saved session is over; the next way is tried.</summary>
    internal sealed record ResumeFailed(string Why) : LoginEvent;

    /// <summary>The phone was asked to confirm, without a code.</summary>
    internal sealed record Pushed : LoginEvent;

    /// <summary>A code to scan.</summary>
    internal sealed record QrCode(Uri Text, int Attempt, int Of) : LoginEvent;

    /// <summary>Somebody, whose picture it may bring, scanned the code; the phone asks for confirmation.</summary>
    internal sealed record Scanned(byte[]? Avatar) : LoginEvent;

    /// <summary>Confirmed on the phone.</summary>
    internal sealed record Confirmed : LoginEvent;

    /// <summary>The server wants the login at another server, where it begins anew with a code.</summary>
    internal sealed record SentElsewhere(string Host) : LoginEvent;

    /// <summary>Cancelled on the phone.</summary>
    internal sealed record Cancelled : LoginEvent;

    /// <summary>The code is too old.</summary>
    internal sealed record Expired : LoginEvent;
}
