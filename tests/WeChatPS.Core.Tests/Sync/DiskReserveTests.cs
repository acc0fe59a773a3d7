using System;
using System.IO;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class DiskReserveTests : IDisposable
{
    private readonly InboxFolder _folder = new();
    private readonly string _path;

    public DiskReserveTests() => _path = Path.Combine(_folder.Root, "reserve");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    public void What_is_held_takes_up_its_space_and_no_more(int length)
    {
        using var reserve = DiskReserve.At(_path);
        reserve.Hold(length);
        Assert.Equal(length, new FileInfo(_path).Length);
    }

    [Fact]
    public void It_grows_and_is_not_written_again_for_less()
    {
        using var reserve = DiskReserve.At(_path);
        reserve.Hold(1000);
        reserve.Hold(2000);
        Assert.Equal(2000, new FileInfo(_path).Length);
        File.Delete(_path);
        reserve.Hold(2000);
        reserve.Hold(1000);
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public void It_is_given_up_once_and_can_be_held_again()
    {
        using var reserve = DiskReserve.At(_path);
        Assert.False(reserve.GiveUp());
        reserve.Hold(1000);
        Assert.True(reserve.GiveUp());
        Assert.False(File.Exists(_path));
        Assert.False(reserve.GiveUp());
        reserve.Hold(500);
        Assert.Equal(500, new FileInfo(_path).Length);
    }

    [Fact]
    public void Where_nothing_can_be_held_nothing_can_be_given_up_and_it_is_tried_again()
    {
        string missing = Path.Combine(_folder.Root, "missing");
        using var reserve = DiskReserve.At(Path.Combine(missing, "reserve"));
        reserve.Hold(1000);
        Assert.False(reserve.GiveUp());
        Directory.CreateDirectory(missing);
        reserve.Hold(1000);
        Assert.True(reserve.GiveUp());
    }

    [Fact]
    public void It_leaves_nothing_behind()
    {
        var reserve = DiskReserve.At(_path);
        reserve.Hold(1000);
        reserve.Dispose();
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }
}
