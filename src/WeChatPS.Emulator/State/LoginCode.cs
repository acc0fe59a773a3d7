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

/// <summary>A QR code, or a push login, on its way to a session.</summary>
internal sealed class LoginCode(string uuid, bool isDesktop, DateTimeOffset expires)
{
    public string Uuid { get; } = uuid;

    /// <summary>Whether the client said <c>mod=desktop</c>.</summary>
    public bool IsDesktop { get; } = isDesktop;

    public DateTimeOffset Expires { get; } = expires;

    public LoginCodeState State { get; private set; }

    /// <summary>Who scanned.</summary>
    public Account? Account { get; set; }

    /// <summary>Whether a waiting poll was told of the scan.</summary>
    public bool ScanReported { get; set; }

    /// <summary>What the login page exchanges for a session; null once used.</summary>
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
