using System.IO;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>A disk that can be full, or fail altogether.</summary>
internal sealed class FaultyStream : MemoryStream
{
    /// <summary>How much more can be written.</summary>
    public long Free { get; set; } = long.MaxValue;

    /// <summary>Nothing works any more, not even taking back what was written in part.</summary>
    public bool IsBroken { get; set; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        int fits = (int)System.Math.Min(count, IsBroken ? count / 2 : Free);
        base.Write(buffer, offset, fits);
        Free -= fits;
        if (fits < count) throw new IOException("No space left on device");
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        IsBroken ? throw new IOException("Input/output error") : base.Read(buffer, offset, count);

    public override void SetLength(long value)
    {
        if (IsBroken) throw new IOException("Input/output error");
        base.SetLength(value);
    }
}
