using System;
using System.Net;

namespace WeChatPS.Web.Checks;

/// <summary>Checks that this machine's clock agrees with the server's. A wrong clock causes TLS errors, expired cookies and wrong message times.</summary>
internal static class ClockCheck
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(5);

    /// <param name="host">A server's response, which has its time.</param>
    /// <param name="here">This machine's time when the response arrived.</param>
    public static Finding Examine(HostReply host, DateTimeOffset here) =>
        host.Reply is { } reply ? Examine(reply.Date, here) : Finding.NotChecked(ServerCheck.NoReply);

    /// <param name="server">The server's time in a response.</param>
    /// <param name="here">This machine's time when the response arrived.</param>
    public static Finding Examine(DateTimeOffset? server, DateTimeOffset here)
    {
        if (server is null) return Finding.NotChecked("The server does not send its time.");
        TimeSpan ahead = here - server.Value, difference = ahead.Duration();
        string found = difference < TimeSpan.FromSeconds(2)
            ? "This machine's clock and the server's agree."
            : $"This machine's clock is {Words(difference)} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the server's.";
        return difference <= s_tolerance ? Finding.Ok(found) : Finding.Warning(found, "Set the clock, and synchronize it with NTP.");
    }

    private static string Words(TimeSpan time) => time.TotalMinutes < 2 ? $"{time.TotalSeconds:0} s"
        : time.TotalHours < 2 ? $"{time.TotalMinutes:0} minutes"
        : time.TotalDays < 2 ? $"{time.TotalHours:0} hours" : $"{time.TotalDays:0} days";
}

/// <summary>Checks that connections stay open between requests. Otherwise, every poll needs a new connection.</summary>
internal static class ConnectionCheck
{
    /// <param name="again">A second request to a host; null when the first had no response.</param>
    public static Finding Examine(HostReply? again)
    {
        if (again is null) return Finding.NotChecked(ServerCheck.NoReply);
        if (again.Reply is not { } reply) return Finding.NotChecked("The server did not respond to a second request.");
        string version = $"HTTP/{reply.Version}";
        if (reply.Version < HttpVersion.Version11)
            return Finding.Warning($"Responses use {version}.", "A proxy uses an old HTTP version. Polls may be cut off, and each poll needs a new connection.");
        return reply.OpenedConnection
            ? Finding.Warning(
                $"{version}, but a second request needed a new connection.", "A proxy or the server closes connections after each response. The session works, but more slowly.")
            : Finding.Ok($"{version}; a second request used the same connection.");
    }
}
