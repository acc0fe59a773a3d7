using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>A server that mixes up its sessions sends what belongs to another account.</summary>
public sealed class ForeignDataTests
{
    private readonly RewrittenReplies _network = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_is_not_resumed_as_somebody_else(bool hasOtherNumber)
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        byte[] before = await File.ReadAllBytesAsync(server.SessionFile);
        Account me = server.Emulator.Self;
        _network.Change("webwxinit", body => hasOtherNumber
            ? body.Replace($"\"Uin\": {me.Uin}", $"\"Uin\": {me.Uin + 1}", StringComparison.Ordinal).Replace($"\"Uin\":{me.Uin}", $"\"Uin\":{me.Uin + 1}", StringComparison.Ordinal)
            : body.Replace(me.Sessions[0].SelfUserName, "@somebodyelse", StringComparison.Ordinal));

        WeChatException error = await server.RefusedAsync(server.Options with { Http = _network.Http });

        Assert.Equal(WeChatErrorReason.Unreachable, error.Reason);
        Assert.Contains("another account", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(server.SessionFile));
        _network.Restore("webwxinit");
        Assert.Equal(SessionState.Online, (await server.ConnectAsync(server.Options with { Http = _network.Http, NonInteractive = true })).State);
    }

    [Fact]
    public async Task The_key_of_another_account_is_not_adopted_while_the_end_of_a_session_is_doubted()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync(server.Options with { Http = _network.Http });
        string self = session.User!.UserName;
        _network.Change("webwxinit", body => body
            .Replace(self, "@somebodyelse", StringComparison.Ordinal)
            .Replace(server.Emulator.Sessions[0].SKey, "@crypt_5e_5e", StringComparison.Ordinal));

        foreach (int _ in new[] { 1, 2 })
        {
            server.Emulator.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 2, code: 1101);
            Assert.Equal(WeChatErrorReason.Refused, (await Assert.ThrowsAsync<WeChatException>(() => SendAsync(session, "?"))).Reason);
        }

        await SendAsync(session, "mine");
        Assert.Equal("mine", Assert.Single(server.Emulator.Sent).Text);
        Assert.Equal((SessionState.Online, self), (session.State, session.User!.UserName));
        Assert.Single(session.TakeNotices(withTrace: false), notice => notice.Text.Contains("another account", StringComparison.Ordinal));
        session.Dispose();
        Assert.Equal(server.Emulator.Sessions[0].SKey, server.Saved().Credentials.Skey);
    }

    [Fact]
    public async Task Another_request_asks_two_seconds_later_whether_the_session_is_over()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectDrainedAsync(server.Options with { Time = time, Http = time.Http });
        server.Emulator.Requests.Clear();
        server.Emulator.Faults.Add("webwxbatchgetcontact", FaultKind.Ret, code: 1101);
        DateTimeOffset started = time.GetUtcNow();

        Task<IReadOnlyList<WeChatGroupMember>> members = session.GetMembersAsync(session.Contacts.Resolve("运维群").Contact!, refresh: true, CancellationToken.None);
        await Assert.ThrowsAsync<WeChatException>(() => time.DriveAsync(members));

        Assert.True(time.GetUtcNow() - started >= TimeSpan.FromSeconds(2), "it asked at once");
        Assert.Equal(1, server.Asked("webwxinit"));
        Assert.Equal(SessionState.Online, session.State);
    }

    [Fact]
    public async Task A_message_between_two_others_is_set_aside_and_told_once()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        DeliverBetweenOthers(server, "not mine 1");
        server.Emulator.Deliver("张三", "mine");
        DeliverBetweenOthers(server, "not mine 2");
        using MessageStream stream = session.OpenStream(Streams.Texts with { NoWait = true });

        (List<WeChatMessage> messages, List<SessionNotice> notices) = await stream.TakeAllAsync();

        Assert.Equal("mine", Assert.Single(messages).Text);
        string path = Path.Combine(server.Store, server.Name, "dead-letters.jsonl");
        Assert.Contains(path, Assert.Single(notices, notice => notice.Level == NoticeLevel.Warning).Text, StringComparison.Ordinal);
        Assert.Equal(["not mine 1", "not mine 2"], (await File.ReadAllLinesAsync(path)).Select(line => WireMessage.Read(Sample.Bytes(line)).Body));
        Assert.Equal(0, session.PendingCount);
        Assert.DoesNotContain(await session.GetRecentContactsAsync(false, CancellationToken.None), one => one.UserName.StartsWith("@other", StringComparison.Ordinal));
    }

    [Fact]
    public void The_profile_of_another_account_is_refused_and_told_once()
    {
        var book = new ContactBook();
        book.SetSelf(new WeChatContact("@me"));
        var said = new List<string>();
        var account = new OwnAccount(book, said.Add);

        Assert.True(account.AcceptsProfile("@me"));
        Assert.True(account.AcceptsProfile(""));
        Assert.Empty(said);
        Assert.False(account.AcceptsProfile("@you"));
        Assert.False(account.AcceptsProfile("@you"));
        Assert.Single(said);
    }

    [Theory]
    [InlineData(2_717_804_130, "@me", true)]
    [InlineData(2_717_804_130 - 4_294_967_296, "@me", true)]
    [InlineData(0, "@me", true)]
    [InlineData(2_717_804_131, "@me", false)]
    [InlineData(2_717_804_130, "@you", false)]
    [InlineData(0, "", false)]
    public void An_account_is_known_by_its_number_and_its_user_name(long uin, string userName, bool isOurs)
    {
        InitReply init = InitReply.Parse(Sample.Bytes(
            $$"""{"BaseResponse":{"Ret":1,"ErrMsg":""},"User":{"Uin":{{uin}},"UserName":"{{userName}}"},"SKey":"@crypt_1_2"}"""));
        Assert.Equal(isOurs, OwnAccount.IsOf(init, 2_717_804_130, "@me"));
    }

    private static void DeliverBetweenOthers(LiveServer server, string text) => server.Emulator.Deliver(new IncomingMessage
    {
        Kind = Emulator.MessageKind.Raw,
        Json = $$"""{"MsgId":"{{Random.Shared.NextInt64(long.MaxValue)}}","FromUserName":"@other1","ToUserName":"@other2","MsgType":1,"Content":"{{text}}","CreateTime":1700000000}""",
    });

    private static Task<WeChatReceipt> SendAsync(WeChatSession session, string text) =>
        session.SendAsync(session.Contacts.Resolve("张三").Contact!, MessageBody.Text(text), new SendOptions(), CancellationToken.None);
}
