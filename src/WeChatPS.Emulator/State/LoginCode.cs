using System;

namespace WeChatPS.Emulator.State;

internal enum LoginCodeState
{
    New,
    Scanned,
    Confirmed,
    Cancelled,
    Expired,
}

/// <summary>A QR code or a push login.</summary>
internal sealed class LoginCode(string uuid, bool isDesktop, DateTimeOffset expires)
{
    public string Uuid { get; } = uuid;

    /// <summary>Whether the client sent <c>mod=desktop</c>.</summary>
    public bool IsDesktop { get; } = isDesktop;

    public DateTimeOffset Expires { get; } = expires;

    public LoginCodeState State { get; private set; }

    /// <summary>The account that scanned the QR code.</summary>
    public Account? Account { get; set; }

    /// <summary>Whether a poll has reported the scan.</summary>
    public bool ScanReported { get; set; }

    /// <summary>The ticket for the login page; null after its use.</summary>
    public string? Ticket { get; set; }

    public DateTimeOffset ScanTime { get; set; }

    public Signal Changed { get; } = new();

    public bool IsOpen => State is LoginCodeState.New or LoginCodeState.Scanned;

    public void Become(LoginCodeState state)
    {
        State = state;
        Changed.Pulse();
    }
}
