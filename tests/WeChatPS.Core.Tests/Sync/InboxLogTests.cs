using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>The log itself, below what an inbox makes of it.</summary>
public sealed class InboxLogTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2025, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly InboxFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(20)]
    public void The_beginning_of_a_record_at_the_end_is_cut_off(int length)
    {
        using var stream = new MemoryStream();
        stream.Write(Record(8));
        stream.Write(Record(9).AsSpan(0, length));
        (List<long> positions, int damages) = Replay(stream);
        Assert.Equal([0], positions);
        Assert.Equal(0, damages);
        Assert.Equal(20, stream.Length);
    }

    [Fact]
    public void A_damaged_log_stays_as_it_is()
    {
        using var stream = new MemoryStream();
        stream.Write(Record(8));
        stream.Write(new byte[30]);
        Assert.Equal(1, Replay(stream).Damages);
        Assert.Equal(50, stream.Length);
    }

    [Theory]
    [InlineData(64 * 1024)]
    [InlineData(128 * 1024)]
    public void A_record_behind_damage_is_found_wherever_it_begins(int around)
    {
        foreach (int garbage in Enumerable.Range(around - 4, 8))
        {
            using var stream = new MemoryStream();
            stream.Write(new byte[garbage]);
            stream.Write(Record(0));
            (List<long> positions, int damages) = Replay(stream);
            Assert.Equal([garbage], positions);
            Assert.Equal(1, damages);
        }
    }

    [Fact]
    public void A_disk_that_gives_a_few_bytes_at_a_time_gives_them_all()
    {
        using var stream = new TricklingStream();
        stream.Write(Record(1000));
        stream.Write(Record(0));
        Assert.Equal([0, 1012], Replay(stream).Positions);
    }

    [Fact]
    public void A_rewrite_that_fails_changes_nothing_and_leaves_nothing()
    {
        using InboxLog log = InboxLog.OpenFile(_folder.Log);
        log.Append(RecordKind.Window, new ArraySegment<byte>(new byte[20]));
        byte[] before = _folder.Snapshot();
        Assert.Throws<InvalidOperationException>(() => log.Rewrite(fresh =>
        {
            fresh.Append(RecordKind.Window, new ArraySegment<byte>(new byte[12]));
            throw new InvalidOperationException();
        }));
        Assert.Equal(before, _folder.Snapshot());
        Assert.Equal([_folder.Log], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void A_rewrite_does_not_go_on_with_what_an_earlier_one_left()
    {
        using InboxLog log = InboxLog.OpenFile(_folder.Log);
        File.WriteAllBytes(_folder.Log + ".new", [.. Record(8), .. Record(8)]);
        log.Rewrite(fresh => fresh.Append(RecordKind.Window, new ArraySegment<byte>(new byte[12])));
        Assert.Equal(12, log.Length);
        Assert.Equal(12, new FileInfo(_folder.Log).Length);
    }

    [Fact]
    public void A_copy_of_a_damaged_log_replaces_one_of_the_same_second()
    {
        File.WriteAllBytes(_folder.Log, [1, 2, 3]);
        using InboxLog log = InboxLog.OpenFile(_folder.Log);
        string copy = log.SetAside(s_now)!;
        File.WriteAllBytes(copy, new byte[10]);
        Assert.Equal(copy, log.SetAside(s_now));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(copy));
    }

    [Fact]
    public void A_closed_log_holds_neither_its_file_nor_its_reserve()
    {
        InboxLog log = InboxLog.OpenFile(_folder.Log);
        log.HoldReserve(1000);
        Assert.Equal(2, Directory.GetFiles(_folder.Root).Length);
        log.Dispose();
        Assert.Equal([_folder.Log], Directory.GetFiles(_folder.Root));
        using var alone = new FileStream(_folder.Log, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    private static (List<long> Positions, int Damages) Replay(Stream stream)
    {
        InboxLog log = InboxLog.Over(stream);
        var positions = new List<long>();
        int damages = 0;
        log.Replay((position, _, _) => positions.Add(position), () => damages++);
        return (positions, damages);
    }

    private static byte[] Record(int payload)
    {
        var stream = new MemoryStream();
        InboxLog.Over(stream).Append(RecordKind.Window, new ArraySegment<byte>(new byte[InboxLog.HeaderLength + payload]));
        return stream.ToArray();
    }

    private sealed class TricklingStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 5));
    }
}
