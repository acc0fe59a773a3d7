using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Media;
using WeChatPS.Core.Tests.Sessions;
using WeChatPS.Emulator;
using WeChatPS.Media;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Media and avatars, fetched from the emulator and saved.</summary>
public sealed class SaveTests
{
    [Theory]
    [InlineData(Emulator.MessageKind.Image, false, "webwxgetmsgimg", ".jpg")]
    [InlineData(Emulator.MessageKind.Image, true, "webwxgetmsgimg", ".jpg")]
    [InlineData(Emulator.MessageKind.Emoticon, false, "webwxgetmsgimg", ".gif")]
    [InlineData(Emulator.MessageKind.Voice, false, "webwxgetvoice", ".mp3")]
    [InlineData(Emulator.MessageKind.Video, false, "webwxgetvideo", ".mp4")]
    [InlineData(Emulator.MessageKind.Video, true, "webwxgetmsgimg", ".jpg")]
    [InlineData(Emulator.MessageKind.Location, false, "webwxgetpubliclinkimg", ".jpg")]
    public async Task Media_are_saved_under_kind_time_and_id(Emulator.MessageKind kind, bool isThumbnail, string endpoint, string extension)
    {
        await using LiveServer server = LiveServer.Start();
        using var folder = new TemporaryFolder();
        WeChatSession session = await server.ConnectAsync();
        WeChatMessage message = await ReceiveAsync(server, session, new IncomingMessage { Kind = kind, From = "张三", Title = "人民广场" });

        FileInfo file = await session.SaveMediaAsync(message, isThumbnail, Into(folder), null, default);

        Assert.Equal($"{kind}-{message.Time:yyyyMMdd-HHmmss}-{message.Id}{extension}", file.Name);
        Assert.True(file.Length > 0);
        Assert.Equal([file.FullName], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal(1, server.Asked(endpoint));
    }

    [Fact]
    public async Task A_file_is_saved_under_its_own_name_and_byte_for_byte_from_a_group_too()
    {
        await using LiveServer server = LiveServer.Start();
        using var folder = new TemporaryFolder();
        WeChatSession session = await server.ConnectAsync();
        byte[] data = RandomNumberGenerator.GetBytes(3_000_000);
        WeChatMessage message = await ReceiveAsync(server, session, new IncomingMessage
        {
            Kind = Emulator.MessageKind.File, From = "李四", Group = "运维群", FileName = "../报告 & <1>.bin", Data = data,
        });

        FileInfo file = await session.SaveMediaAsync(message, false, Into(folder), null, default);

        Assert.Equal("报告 & _1_.bin", file.Name);
        Assert.Equal(data, await File.ReadAllBytesAsync(file.FullName));
    }

    [Theory]
    [InlineData(FaultKind.Truncate, 1)]
    [InlineData(FaultKind.Reset, 2)]
    [InlineData(FaultKind.Status, 2)]
    [InlineData(FaultKind.LostReply, 1)]
    public async Task A_file_survives_connections_that_break(FaultKind kind, int count)
    {
        await using LiveServer server = LiveServer.Start();
        using var folder = new TemporaryFolder();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = new HurriedTime() });
        byte[] video = [0, 0, 0, 0x18, .. "ftypmp42"u8, .. RandomNumberGenerator.GetBytes(100_000)];
        WeChatMessage message = await ReceiveAsync(server, session, new IncomingMessage { Kind = Emulator.MessageKind.Video, From = "张三", Data = video });
        server.Emulator.Faults.Add("webwxgetvideo", kind, count);

        FileInfo file = await session.SaveMediaAsync(message, false, Into(folder), null, default);

        Assert.Equal(video, await File.ReadAllBytesAsync(file.FullName));
        if (kind == FaultKind.Truncate)
            Assert.Equal($"bytes={video.Length / 2}-", server.Emulator.Requests.Get("webwxgetvideo")[^1].Header("Range"));
    }

    [Theory]
    [InlineData(FaultKind.Empty, WeChatErrorReason.MediaUnavailable)]
    [InlineData(FaultKind.Html, WeChatErrorReason.ProtocolError)]
    [InlineData(FaultKind.Truncate, WeChatErrorReason.Unreachable)]
    [InlineData(FaultKind.Status, WeChatErrorReason.Unreachable)]
    [InlineData(FaultKind.Redirect, WeChatErrorReason.ProtocolError)]
    [InlineData(FaultKind.Ret, WeChatErrorReason.Refused)]
    public async Task What_does_not_come_as_it_should_leaves_no_file(FaultKind kind, WeChatErrorReason reason)
    {
        await using LiveServer server = LiveServer.Start();
        using var folder = new TemporaryFolder();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = new HurriedTime() });
        WeChatMessage message = await ReceiveAsync(server, session, new IncomingMessage { Kind = Emulator.MessageKind.Image, From = "张三" });
        server.Emulator.Faults.Add("webwxgetmsgimg", kind);

        WeChatException failure = await Assert.ThrowsAsync<WeChatException>(() => session.SaveMediaAsync(message, false, Into(folder), null, default));

        Assert.Equal(reason, failure.Reason);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.True(session.IsConnected);
    }

    [Fact]
    public async Task A_session_that_is_over_says_so()
    {
        await using LiveServer server = LiveServer.Start();
        using var folder = new TemporaryFolder();
        WeChatSession session = await server.ConnectAsync();
        WeChatMessage message = await ReceiveAsync(server, session, new IncomingMessage { Kind = Emulator.MessageKind.Image, From = "张三" });
        server.Emulator.Kick(code: 1101);

        WeChatException failure = await Assert.ThrowsAsync<WeChatException>(() => session.SaveMediaAsync(message, false, Into(folder), null, default));

        Assert.Equal(WeChatErrorReason.SessionExpired, failure.Reason);
        Assert.Equal(SessionState.Expired, session.State);
    }

    [Fact]
    public async Task Text_has_nothing_to_save_and_a_sticker_from_the_store_is_not_asked_for()
    {
        await using LiveServer server = LiveServer.Start();
        using var folder = new TemporaryFolder();
        WeChatSession session = await server.ConnectAsync();
        WeChatMessage text = await ReceiveAsync(server, session, new IncomingMessage { From = "张三", Text = "x" });
        WeChatMessage sticker = await ReceiveAsync(server, session, new IncomingMessage
        {
            Kind = Emulator.MessageKind.Raw, From = "张三",
            Json = """{"MsgId":"{msgid}","FromUserName":"{from}","ToUserName":"{self}","MsgType":47,"Content":"&lt;msg&gt;&lt;emoji md5=\"ab\"/&gt;&lt;/msg&gt;","HasProductId":1}""",
        });

        Assert.Equal(WeChatErrorReason.NoMedia, (await FailsAsync(text)).Reason);
        Assert.Equal(WeChatErrorReason.MediaUnavailable, (await FailsAsync(sticker)).Reason);
        Assert.Equal(0, server.Asked("webwxgetmsgimg"));

        Task<WeChatException> FailsAsync(WeChatMessage message) =>
            Assert.ThrowsAsync<WeChatException>(() => session.SaveMediaAsync(message, false, Into(folder), null, default));
    }

    [Fact]
    public async Task Fifty_megabytes_need_no_more_memory_than_five()
    {
        await using LiveServer server = LiveServer.Start();
        using var folder = new TemporaryFolder();
        WeChatSession session = await server.ConnectAsync();
        var data = new byte[50 * 1024 * 1024];
        new Random(1).NextBytes(data);
        WeChatMessage message = await ReceiveAsync(server, session, new IncomingMessage
        {
            Kind = Emulator.MessageKind.File, From = "张三", FileName = "big.bin", Data = data,
        });
        long most = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var progress = new Inspector(_ => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before));

        FileInfo file = await session.SaveMediaAsync(message, false, Into(folder), progress, default);

        Assert.Equal(SHA256.HashData(data), await SHA256.HashDataAsync(file.OpenRead()));
        Assert.InRange(most, long.MinValue, 5 * 1024 * 1024);
    }

    [Fact]
    public async Task Stopping_leaves_no_half_file()
    {
        await using LiveServer server = LiveServer.Start();
        using var folder = new TemporaryFolder();
        WeChatSession session = await server.ConnectAsync();
        WeChatMessage message = await ReceiveAsync(server, session, new IncomingMessage { Kind = Emulator.MessageKind.Image, From = "张三" });
        server.Emulator.Faults.Add("webwxgetmsgimg", FaultKind.Hang);
        using var stop = new CancellationTokenSource();
        Task saving = session.SaveMediaAsync(message, false, Into(folder), null, stop.Token);
        await Eventually.UntilAsync(() => server.Asked("webwxgetmsgimg") > 0 || saving.IsCompleted, "the picture is asked for");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Avatars_of_people_groups_members_and_oneself_are_saved()
    {
        await using LiveServer server = LiveServer.Start();
        using var folder = new TemporaryFolder();
        WeChatSession session = await server.ConnectAsync();
        WeChatContact group = await session.ResolveAsync("运维群", default);
        WeChatGroupMember member = (await session.GetMembersAsync(group, refresh: false, default)).First(one => one.NickName == "孙七 <ops>");
        server.Emulator.Faults.Add("webwxgeticon", FaultKind.Empty, count: 1);

        FileInfo[] files =
        [
            await session.SaveAvatarAsync(await session.ResolveAsync("张三", default), null, false, Into(folder), default),
            await session.SaveAvatarAsync(group, null, true, Into(folder), default),
            await session.SaveAvatarAsync(member.ToStranger(), group, false, Into(folder), default),
            await session.SaveAvatarAsync(session.User!, null, false, Into(folder), default),
        ];

        Assert.Equal(["张三.jpg", "运维群.jpg", "孙七 _ops_.jpg", $"{session.User!.Name}.jpg"], files.Select(file => file.Name));
        Assert.Equal(4, files.Select(file => Convert.ToBase64String(File.ReadAllBytes(file.FullName))).Distinct().Count());
        Assert.DoesNotContain("type=big", Assert.Single(server.Emulator.Requests.Get("webwxgetheadimg")).Query);
    }

    private static SaveTarget Into(TemporaryFolder folder) => new(folder.Path, null, IfExists.Number);

    private static async Task<WeChatMessage> ReceiveAsync(LiveServer server, WeChatSession session, IncomingMessage message)
    {
        server.Emulator.Deliver(message);
        using MessageStream stream = session.OpenStream(Streams.Texts);
        return await stream.TakeAsync();
    }

    private sealed class Inspector(Action<MediaProgress> look) : IProgress<MediaProgress>
    {
        public void Report(MediaProgress value) => look(value);
    }
}
