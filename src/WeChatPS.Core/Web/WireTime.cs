using System;

namespace WeChatPS.Web;

/// <summary>Times as the server writes them: seconds since 1970.</summary>
internal static class WireTime
{
    private const long LastSecond = 253_402_300_799; // the end of the year 9999

    /// <summary>The time here; the first of all times for what cannot be one.</summary>
    public static DateTimeOffset FromSeconds(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds is >= 0 and <= LastSecond ? seconds : 0).ToLocalTime();
}
