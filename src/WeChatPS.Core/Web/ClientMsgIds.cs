using System;
using System.Globalization;
using System.Security.Cryptography;

namespace WeChatPS.Web;

/// <summary>The identities that a session gives to what it sends. No two are equal: the server would drop the second message as a double.</summary>
internal sealed class ClientMsgIds
{
    private const int Tails = 10_000;

    private readonly object _gate = new();
    private long _last;

    /// <summary>A new identity: 17 digits, the time in milliseconds and four random ones.</summary>
    public string Next(DateTimeOffset now)
    {
        long id = (now.ToUnixTimeMilliseconds() * Tails) + RandomTail();
        lock (_gate)
        {
            // within a millisecond chance alone would let two meet sooner or later
            _last = Math.Max(id, _last + 1);
            return _last.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static uint RandomTail()
    {
        byte[] random = new byte[sizeof(uint)];
        using (var source = RandomNumberGenerator.Create()) source.GetBytes(random);
        return BitConverter.ToUInt32(random, 0) % Tails;
    }
}
