using System;
using System.Net;

namespace WeChatPS.Web.Checks;

/// <summary>Whether this machine's clock and the server's agree. A wrong one ends TLS and cookies early and dates messages wrongly.</summary>
internal static class ClockCheck
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(5);

    /// <param name="host">What a server answered, which carries its time.</param>
    /// <param name="here">This machine's time when that reply came.</param>
    public static Finding Examine(HostReply host, DateTimeOffset here) =>
        host.Reply is { } reply ? Examine(reply.Date, here) : Finding.NotChecked(ServerCheck.NoReply);

    /// <param name="server">The server's time in a reply.</param>
    /// <param name="here">This machine's time when that reply came.</param>
    public static Finding Examine(DateTimeOffset? server, DateTimeOffset here)
    {
        if (server is null) return Finding.NotChecked("The server does not give its time.");
        TimeSpan ahead = here - server.Value, difference = ahead.Duration();
        string found = difference < TimeSpan.FromSeconds(2)
            ? "This machine's clock and the server's agree."
            : $"This machine's clock is {Words(difference)} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the server's.";
        return difference <= s_tolerance ? Finding.Ok(found) : Finding.Warning(found, "Set the clock, and let the system keep it (NTP).");
    }

    private static string Words(TimeSpan time) => time.TotalMinutes < 2 ? $"{time.TotalSeconds:0} s"
        : time.TotalHours < 2 ? $"{time.TotalMinutes:0} minutes"
        : time.TotalDays < 2 ? $"{time.TotalHours:0} hours" : $"{time.TotalDays:0} days";
}

/// <summary>Whether connections stay open from one request to the next. If not, every poll pays for a new one.</summary>
internal static class ConnectionCheck
{
    /// <param name="again">A second request to a host that was asked just before; null when the first had no reply.</param>
    public static Finding Examine(HostReply? again)
    {
        if (again is null) return Finding.NotChecked(ServerCheck.NoReply);
        if (again.Reply is not { } reply) return Finding.NotChecked("The server did not answer a second time.");
        string version = $"HTTP/{reply.Version}";
        if (reply.Version < HttpVersion.Version11)
            return Finding.Warning($"The answers are {version}.", "A proxy that speaks an old HTTP is on the way: polls may be cut, and every one needs a new connection.");
        return reply.OpenedConnection
            ? Finding.Warning(
                $"{version}, but a second request needed a new connection.", "Something on the way closes connections after each reply. It works, more slowly.")
            : Finding.Ok($"{version}; a second request used the same connection.");
    }
}
