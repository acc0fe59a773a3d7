using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Core.Tests.Live;
using WeChatPS.Emulator;
using WeChatPS.Media;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Acceptance;

/// <content>Files out.</content>
public sealed partial class AcceptanceTests
{
    [Fact]
    public async Task Forty_megabytes_go_up_whole_through_a_link_that_takes_longer_than_any_deadline()
    {
        using var files = new SampleFiles();
        byte[] data = files.Make("备份.zip", 40 * 1024 * 1024, out string path);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);

        // a piece alone takes 32 s, all of them three quarters of an hour
        var link = new SlowLink(time, TimeSpan.FromSeconds(1));
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = link.Http });
        DateTimeOffset started = time.GetUtcNow();

        await SendFileAsync(session, path);

        SentMessage sent = Assert.Single(server.Emulator.Sent);
        Assert.Equal("备份.zip", sent.FileName);
        Assert.True(sent.Data.Span.SequenceEqual(data));
        Assert.Equal(80, server.Asked("webwxuploadmedia"));
        Assert.True(time.GetUtcNow() - started > TimeSpan.FromMinutes(40));
    }

    [Fact]
    public async Task A_link_that_stops_in_the_middle_of_a_piece_is_given_up_and_the_piece_goes_out_on_a_new_one()
    {
        using var files = new SampleFiles();
        byte[] data = files.Make("a.bin", 3 * 512 * 1024, out string path);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var link = new SlowLink(time, TimeSpan.Zero);
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = link.Http });
        int connections = link.Connections;
        link.StallAfter(700 * 1024);

        Task<WeChatReceipt> send = SendFileAsync(session, path);
        await link.HasStalled.Task;
        time.Advance(TimeSpan.FromSeconds(30));
        await Eventually.UntilAsync(
            () =>
            {
                // the pause before the next try; once that is under way the clock stands still
                if (link.Connections == connections) time.Advance(TimeSpan.FromMilliseconds(100));
                return link.Connections > connections;
            },
            "the next try");
        await send;

        Assert.True(Assert.Single(server.Emulator.Sent).Data.Span.SequenceEqual(data));
        Assert.Equal(3, server.Asked("webwxuploadmedia")); // half a request is none
    }

    [Fact]
    public async Task Saved_and_loaded_twice_a_session_uploads()
    {
        using var files = new SampleFiles();
        byte[] data = files.Make("a.png", 1000, out string path);
        await using var stage = new Stage();
        for (int i = 0; i < 2; i++) (await stage.ConnectAsync()).Dispose();

        await SendFileAsync(await stage.ConnectAsync(), path);

        Assert.Equal(data, Assert.Single(stage.Server.Sent).Data.ToArray());
        Assert.Single(stage.Server.Requests.Get("webwxnewloginpage"));
    }

    private static async Task<WeChatReceipt> SendFileAsync(WeChatSession session, string path)
    {
        WeChatContact friend = await session.ResolveAsync(Friend, CancellationToken.None);
        using var file = OutgoingFile.Open(path, WeChatFileKind.Auto);
        MessageBody body = await session.UploadAsync(file, friend, new SendOptions(), CancellationToken.None);
        return await session.SendAsync(friend, body, new SendOptions(), CancellationToken.None);
    }
}
