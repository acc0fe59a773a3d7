using System;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Media;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>One file for many: what other clients forward by reused ids, unread replies and empty texts.</summary>
public sealed class BroadcastTests : IDisposable
{
    private readonly SampleFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("a.png", 3)]
    [InlineData("a.gif", 47)]
    [InlineData("a.mp4", 43)]
    [InlineData("a.txt", 6)]
    public async Task Everybody_gets_the_whole_file_under_an_identity_of_its_own(string name, int type)
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        byte[] data = _files.Make(name, 700, out string path);

        WeChatReceipt[] receipts = await SendToAllAsync(session, path);

        Assert.Equal(1, server.Asked("webwxuploadmedia"));
        Assert.Equal(receipts.Length, server.Emulator.Sent.Select(sent => sent.To).Distinct().Count());
        Assert.All(server.Emulator.Sent, sent => Assert.Equal((type, Convert.ToHexString(data)), (sent.Type, Convert.ToHexString(sent.Data.Span))));
        Assert.Equal(receipts.Select(receipt => receipt.ClientMsgId), server.Emulator.Sent.Select(sent => sent.ClientMsgId));
        Assert.Equal(receipts.Length, receipts.Select(receipt => receipt.ClientMsgId).Distinct().Count());
    }

    [Fact]
    public async Task Files_are_paced_as_texts_are()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(
            server.Options with { Time = time, Http = time.Http, SendInterval = TimeSpan.FromSeconds(10) });
        _files.Make("a.png", 10, out string path);
        DateTimeOffset started = time.GetUtcNow();

        WeChatReceipt[] receipts = await time.DriveAsync(SendToAllAsync(session, path));

        Assert.True(time.GetUtcNow() - started >= TimeSpan.FromSeconds(10 * (receipts.Length - 5)));
    }

    [Fact]
    public async Task A_refusal_for_haste_in_the_middle_drops_nobody()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        _files.Make("a.gif", 10, out string path);
        server.Emulator.Faults.Add("webwxsendemoticon", FaultKind.Ret, count: 2, code: 1205);

        WeChatReceipt[] receipts = await time.DriveAsync(SendToAllAsync(session, path));

        Assert.Equal(receipts.Select(receipt => receipt.MessageId), server.Emulator.Sent.Select(sent => sent.MsgId));
    }

    private static async Task<WeChatReceipt[]> SendToAllAsync(WeChatSession session, string path)
    {
        WeChatContact[] all = [.. session.Contacts.All.Where(one => one.Kind is ContactKind.Friend or ContactKind.Group or ContactKind.Special)];
        Assert.InRange(all.Length, 6, 20);
        using var file = OutgoingFile.Open(path, WeChatFileKind.Auto);
        MessageBody body = await session.UploadAsync(file, all[0], new SendOptions(), default);
        var receipts = new WeChatReceipt[all.Length];
        for (int at = 0; at < all.Length; at++) receipts[at] = await session.SendAsync(all[at], body, new SendOptions(), default);
        return receipts;
    }
}
