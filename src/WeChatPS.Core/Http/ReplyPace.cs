using System;
using System.IO;

namespace WeChatPS.Http;

/// <summary>The other side sends nothing, or too little, for too long. The message ends a sentence that begins with its name.</summary>
internal sealed class StalledException(string how, Exception? innerException = null) : IOException(how, innerException)
{
    /// <summary>Nothing came for a time.</summary>
    public static StalledException Silent(TimeSpan patience, Exception? innerException = null) =>
        new($"sent nothing for {patience.TotalSeconds:0.#} s", innerException);
}

/// <summary>
/// The pace of a response's body. A body that keeps coming is waited for, however long it is; one that only drips is not. Bytes are counted
/// as they are read, decompressed.
/// </summary>
internal sealed class ReplyPace(TimeProvider time, IdleDeadline idle)
{
    /// <summary>In bytes a second. The slowest line that a phone falls back to (GPRS) brings some thousand; less than this is a server that holds the line.</summary>
    public const int SlowestRate = 256;

    /// <summary>The rate is an average over this time, so that a pause shorter than the idle deadline costs nothing.</summary>
    public static readonly TimeSpan RateSpan = TimeSpan.FromMinutes(1);

    /// <summary>The longest time for one body. At 7 KB a second it brings 2 MB compressed, which is more than any list of contacts has.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly long _began = time.GetTimestamp();
    private long _spanBegan = time.GetTimestamp();
    private long _spanBytes;

    /// <summary>Notes that bytes came.</summary>
    /// <exception cref="StalledException">They come too slowly, or for too long.</exception>
    public void Moved(int bytes)
    {
        idle.Restart();
        _spanBytes += bytes;
        TimeSpan span = time.GetElapsedTime(_spanBegan);
        if (span >= RateSpan)
        {
            if (_spanBytes < SlowestRate * span.TotalSeconds)
                throw new StalledException($"sent less than {SlowestRate} bytes a second for {RateSpan.TotalSeconds:0} s");
            (_spanBegan, _spanBytes) = (time.GetTimestamp(), 0);
        }

        if (time.GetElapsedTime(_began) >= Longest)
            throw new StalledException($"did not finish its reply within {Longest.TotalSeconds:0} s");
    }
}
