using System;
using System.Globalization;
using System.Threading;

namespace WeChatPS.Web;

/// <summary>Creates the ClientMsgIds of outgoing messages. They are unique, because the server drops a message with a known id as a duplicate.</summary>
internal static class ClientMsgIds
{
    private const int Tails = 10_000;

    // Counted for the whole process, because two logins within a millisecond may use the same server.
    private static int s_last = new Random().Next();

    /// <summary>Creates an id of 17 digits: the time in milliseconds and a four-digit counter, the form of the official web client.</summary>
    public static string Next(DateTimeOffset now)
    {
        long tail = (uint)Interlocked.Increment(ref s_last) % Tails;
        return ((now.ToUnixTimeMilliseconds() * Tails) + tail).ToString(CultureInfo.InvariantCulture);
    }
}
