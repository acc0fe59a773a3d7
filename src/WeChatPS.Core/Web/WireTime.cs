using System;

namespace WeChatPS.Web;

/// <summary>The server's times: seconds since 1970.</summary>
internal static class WireTime
{
    private const long LastSecond = 253_402_300_799; // the end of the year 9999

    /// <summary>Gets the local time; the minimum for an invalid value.</summary>
    public static DateTimeOffset FromSeconds(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds is >= 0 and <= LastSecond ? seconds : 0).ToLocalTime();
}
