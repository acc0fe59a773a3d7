using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WeChatPS.Sync;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>A file on a disk that can be full, or fail altogether.</summary>
internal sealed class FaultyStream : MemoryStream
{
    private readonly FaultyStream _disk;
    private readonly List<FaultyStream> _files = [];
    private long _free = long.MaxValue;
    private long _reserved;
    private bool _isBroken;

    public FaultyStream() => (_disk, _files) = (this, [this]);

    private FaultyStream(FaultyStream disk)
    {
        _disk = disk;
        disk._files.Add(this);
    }

    /// <summary>How much more can be written on the disk.</summary>
    public long Free
    {
        get => _disk._free;
        set => _disk._free = value;
    }

    /// <summary>Nothing works any more, not even taking back what was written in part.</summary>
    public bool IsBroken
    {
        get => _disk._isBroken;
        set => _disk._isBroken = value;
    }

    /// <summary>What is on the disk: the log, or the one that replaced it.</summary>
    public byte[] Content => _disk._files.Last(file => file.CanRead).ToArray();

    /// <summary>How many files there have been on the disk: the log, and one for each rewrite that was tried.</summary>
    public int Files => _disk._files.Count;

    /// <summary>What is held in reserve.</summary>
    public long Reserved => _disk._reserved;

    /// <summary>A log in this file, which another file on the same disk replaces when it is rewritten.</summary>
    public InboxLog OpenLog() => InboxLog.Over(this, () => new FaultyStream(_disk));

    /// <summary>The same on a disk that tells its free space, with a reserve on it.</summary>
    public InboxLog OpenLogWithReserve() =>
        InboxLog.Over(this, () => new FaultyStream(_disk), () => Free, new DiskReserve(() => new ReserveFile(this), DropReserve));

    public override void Write(byte[] buffer, int offset, int count)
    {
        long growth = Math.Max(0, Position + count - Length);
        int fits = IsBroken ? count / 2 : count - (int)Math.Max(0, growth - Free);
        base.Write(buffer, offset, fits);
        Take(Math.Min(growth, Free));
        if (fits < count) throw new IOException("No space left on device");
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        IsBroken ? throw new IOException("Input/output error") : base.Read(buffer, offset, count);

    public override void SetLength(long value)
    {
        if (IsBroken) throw new IOException("Input/output error");
        Take(value - Length);
        base.SetLength(value);
    }

    protected override void Dispose(bool disposing)
    {
        if (CanRead) Take(-Length);
        base.Dispose(disposing);
    }

    private void Take(long bytes)
    {
        if (Free != long.MaxValue) Free -= bytes;
    }

    private void DropReserve()
    {
        Take(-_reserved);
        _reserved = 0;
    }

    private sealed class ReserveFile : MemoryStream
    {
        private readonly FaultyStream _disk;

        public ReserveFile(FaultyStream disk)
        {
            _disk = disk;
            disk.DropReserve();
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (count > _disk.Free) throw new IOException("No space left on device");
            _disk.Take(count);
            _disk._reserved += count;
        }
    }
}
