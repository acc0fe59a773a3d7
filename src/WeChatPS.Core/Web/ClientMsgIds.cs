using System;
using System.Globalization;
using System.Threading;

namespace WeChatPS.Web;

/// <summary>The identities of messages that go out. No two are equal: the server would drop the second message as a double.</summary>
internal static class ClientMsgIds
{
    private const int Tails = 10_000;

    // counted for the whole process: a login that follows another within a millisecond speaks to the same server
    private static int s_last = new Random().Next();

    /// <summary>A new identity: 17 digits, the time in milliseconds and four that tell those of a millisecond apart.</summary>
    public static string Next(DateTimeOffset now)
    {
        long tail = (uint)Interlocked.Increment(ref s_last) % Tails;
        return ((now.ToUnixTimeMilliseconds() * Tails) + tail).ToString(CultureInfo.InvariantCulture);
    }
}
