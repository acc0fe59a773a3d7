using System;
using System.IO;
using System.IO.Compression;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Sessions;
using WeChatPS.Media;
using Xunit;

namespace WeChatPS.Core.Tests.Media;

public sealed class OutgoingFileTests : IDisposable
{
    private const int Mebibyte = 1024 * 1024;

    private readonly SampleFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("a.jpg", "a.jpg", WeChatFileKind.Image, "image/jpeg")]
    [InlineData("a.png", "b.txt", WeChatFileKind.Image, "image/png")]
    [InlineData("a.gif", "a.png", WeChatFileKind.Emoticon, "image/gif")]
    [InlineData("a.mp4", "a.mp4", WeChatFileKind.Video, "video/mp4")]
    [InlineData("a.mp4", "a.M4V", WeChatFileKind.Video, "video/mp4")]
    [InlineData("a.mp4", "a.m4a", WeChatFileKind.File, "video/mp4")]
    [InlineData("a.mp4", "a.heic", WeChatFileKind.File, "video/mp4")]
    [InlineData("a.txt", "a.png", WeChatFileKind.File, "application/octet-stream")]
    [InlineData("a.txt", "a.mp4", WeChatFileKind.File, "application/octet-stream")]
    [InlineData("a.txt", "a", WeChatFileKind.File, "application/octet-stream")]
    public void What_a_file_is_its_first_bytes_say_before_its_extension(string content, string name, WeChatFileKind kind, string type)
    {
        byte[] data = new byte[100];
        SampleFiles.HeadOf(content).CopyTo(data, 0);
        using var file = OutgoingFile.Open(_files.Write(name, data), WeChatFileKind.Auto);

        Assert.Equal((kind, type), (file.Kind, file.ContentType));
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.mp4")]
    public void A_picture_or_video_too_large_for_one_goes_as_a_file(string name)
    {
        using (OutgoingFile largest = Open(name, 20 * Mebibyte, WeChatFileKind.Auto)) Assert.NotEqual(WeChatFileKind.File, largest.Kind);

        using var larger = Open(name, (20 * Mebibyte) + 1, WeChatFileKind.Auto);
        Assert.Equal(WeChatFileKind.File, larger.Kind);
    }

    [Theory]
    [InlineData(WeChatFileKind.Image, 20)]
    [InlineData(WeChatFileKind.Video, 20)]
    [InlineData(WeChatFileKind.Emoticon, 20)]
    [InlineData(WeChatFileKind.File, 50)]
    [InlineData(WeChatFileKind.Auto, 50)]
    public void What_is_larger_than_the_server_takes_is_refused(WeChatFileKind kind, int mebibytes)
    {
        Open("a.bin", mebibytes * Mebibyte, kind).Dispose();

        WeChatException error = Assert.Throws<WeChatException>(() => Open("a.bin", (mebibytes * Mebibyte) + 1, kind));
        Assert.Equal((WeChatErrorReason.FileTooLarge, Path.Combine(_files.Folder, "a.bin")), (error.Reason, error.Subject));
    }

    [Fact]
    public void An_empty_file_a_folder_and_nothing_at_all_are_refused()
    {
        Assert.Equal(WeChatErrorReason.EmptyFile, Refusal(_files.Write("empty", [])));
        Assert.Equal(WeChatErrorReason.FileUnavailable, Refusal(_files.Folder));
        Assert.Equal(WeChatErrorReason.FileUnavailable, Refusal(Path.Combine(_files.Folder, "missing")));
        Assert.Equal(WeChatErrorReason.FileUnavailable, Refusal(Path.Combine(_files.Folder, "no", "folder")));
    }

    [UnixFact]
    public void What_never_ends_is_refused() => Assert.Equal(WeChatErrorReason.EmptyFile, Refusal("/dev/zero"));

    [UnixFact]
    public void A_name_that_would_break_a_form_or_XML_is_mended()
    {
        using var file = OutgoingFile.Open(_files.Write("a\r\nb\u0001\u0085\ufffe😀.txt", [1]), WeChatFileKind.Auto);
        Assert.Equal("a__b___😀.txt", file.Name);
    }

    [Fact]
    public async Task A_file_that_is_written_to_is_sent_as_it_was_when_it_was_opened()
    {
        string path = _files.Write("app.log", "hello"u8.ToArray());
        using FileStream writer = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        using var file = OutgoingFile.Open(path, WeChatFileKind.Auto);
        writer.Write(" and more"u8);
        writer.Flush();

        Assert.Equal((5, "5d41402abc4b2a76b9719d911017c592"), (file.Length, await file.Md5Async(default)));
    }

    [Theory]
    [InlineData("x", "x")]
    [InlineData("../x", "x")]
    [InlineData("..\\x", "x")]
    [InlineData("C:\\a\\x.txt", "x.txt")]
    [InlineData("/etc/x/.bashrc", ".bashrc")]
    [InlineData("a\u0001b", "a_b")]
    public async Task A_name_that_is_given_is_a_name_and_no_path(string given, string name)
    {
        using var file = OutgoingFile.Open(_files.Write("own.txt", [1]), WeChatFileKind.Auto, given);
        using OutgoingFile content = await OfContentAsync(new MemoryStream([1]), given);

        Assert.Equal((name, name), (file.Name, content.Name));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/")]
    [InlineData(" . ")]
    public async Task A_name_that_is_none_is_refused(string given)
    {
        string path = _files.Write("own.txt", [1]);
        Assert.Equal(WeChatErrorReason.EmptyName, Assert.Throws<WeChatException>(() => OutgoingFile.Open(path, WeChatFileKind.Auto, given)).Reason);
        Assert.Equal(WeChatErrorReason.EmptyName, await RefusalOfAsync(new MemoryStream([1]), given));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Content_goes_whole_as_what_it_is_and_its_stream_stays_open(bool canSeek)
    {
        byte[] data = new byte[200_000];
        new Random(1).NextBytes(data);
        SampleFiles.HeadOf("a.gif").CopyTo(data, 0);
        var memory = new MemoryStream(data);
        if (canSeek) memory.Position = data.Length;
        using Stream stream = canSeek ? memory : new OneWayStream(memory);

        using (OutgoingFile file = await OfContentAsync(stream, "a.txt"))
        {
            byte[] read = new byte[file.Length];
            await file.ReadAsync(0, read, read.Length, default);
            Assert.Equal(data, read);
            Assert.Equal((WeChatFileKind.Emoticon, "image/gif"), (file.Kind, file.ContentType));
            Assert.Equal(32, (await file.Md5Async(default)).Length);
        }

        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task Content_that_never_ends_is_refused_when_it_is_too_large()
    {
        var endless = new OneWayStream(null);

        Assert.Equal(WeChatErrorReason.FileTooLarge, await RefusalOfAsync(endless, "a.bin"));
        Assert.InRange(endless.Given, 50 * Mebibyte, 51 * Mebibyte);
    }

    [Fact]
    public async Task Content_of_nothing_and_streams_that_are_closed_or_damaged_are_refused()
    {
        using var damaged = new DeflateStream(new MemoryStream([0xff, 0xff, 0xff, 0xff]), CompressionMode.Decompress);
        var closed = new MemoryStream([1]);
        closed.Dispose();

        Assert.Equal(WeChatErrorReason.FileUnavailable, await RefusalOfAsync(closed, "a"));
        Assert.Equal(WeChatErrorReason.FileUnavailable, await RefusalOfAsync(damaged, "a"));
        Assert.Equal(WeChatErrorReason.EmptyFile, await RefusalOfAsync(new MemoryStream(), "a"));
        Assert.Equal(WeChatErrorReason.EmptyFile, await RefusalOfAsync(new OneWayStream(new MemoryStream()), "a"));
    }

    [Fact]
    public void A_temporary_file_has_no_name_that_could_be_left_behind()
    {
        using FileStream file = TemporaryFile.Create();
        file.Write([1, 2, 3], 0, 3);
        file.Position = 0;

        Assert.False(File.Exists(file.Name));
        Assert.Equal(1, file.ReadByte());
    }

    private static Task<OutgoingFile> OfContentAsync(Stream content, string name) =>
        OutgoingFile.OfContentAsync(content, name, WeChatFileKind.Auto, DateTimeOffset.UnixEpoch, default);

    private static async Task<WeChatErrorReason> RefusalOfAsync(Stream content, string name) =>
        (await Assert.ThrowsAsync<WeChatException>(() => OfContentAsync(content, name))).Reason;

    private OutgoingFile Open(string name, long length, WeChatFileKind kind)
    {
        string path = _files.Write(name, SampleFiles.HeadOf(name));
        using (FileStream file = File.OpenWrite(path)) file.SetLength(length);
        return OutgoingFile.Open(path, kind);
    }

    private static WeChatErrorReason Refusal(string path) =>
        Assert.Throws<WeChatException>(() => OutgoingFile.Open(path, WeChatFileKind.Auto)).Reason;
}
