using System;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Http;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

public sealed class SendTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("你好")]
    [InlineData("emoji 😀👨‍👩‍👧🇨🇳 and @李队\u2005!")]
    [InlineData("<b>&amp;</b> \"quoted\" 'single' \\ / \u007f")]
    [InlineData("one\ntwo\n\n\tthree ")]
    [InlineData("[微笑] \ufffd \ue000 \u200b")]
    public async Task A_text_arrives_as_it_was_written(string text)
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();

        WeChatReceipt receipt = await SendAsync(session, text);

        SentMessage sent = Assert.Single(server.Emulator.Sent);
        Assert.Equal(text, sent.Text);
        Assert.Equal("张三", sent.To.NickName);
        Assert.Equal((sent.MsgId, sent.ClientMsgId), (receipt.MessageId, receipt.ClientMsgId));
        Assert.Equal((1, "张三", session.Name), (receipt.Attempts, receipt.To.Name, receipt.Session));
        Assert.Equal(1, session.SentCount);
    }

    [Fact]
    public async Task Emoji_and_spaces_go_out_as_UTF_8_and_not_escaped()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();

        await SendAsync(session, "😀\u2005<&>");

        Assert.Contains("\"Content\":\"😀\u2005<&>\"", Assert.Single(server.Emulator.Requests.Get("webwxsendmsg")).Body);
    }

    [Theory]
    [InlineData(FaultKind.LostReply)]
    [InlineData(FaultKind.Truncate)]
    public async Task A_lost_reply_is_asked_for_again_and_the_message_arrives_once(FaultKind kind)
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        server.Emulator.Faults.Add("webwxsendmsg", kind, count: 1);
        DateTimeOffset started = time.GetUtcNow();

        WeChatReceipt receipt = await time.DriveAsync(SendAsync(session, "once"));

        SentMessage sent = Assert.Single(server.Emulator.Sent);
        Assert.Equal((2, 1), (receipt.Attempts, sent.DroppedCopies));
        Assert.Equal((sent.MsgId, sent.ClientMsgId), (receipt.MessageId, receipt.ClientMsgId));
        Assert.True(time.GetUtcNow() - started >= s_patience);
    }

    [Theory]
    [InlineData(FaultKind.LostReply, 1)]
    [InlineData(FaultKind.Html, 0)]
    [InlineData(FaultKind.Status, 0)]
    public async Task A_message_whose_replies_are_all_lost_is_not_called_sent_or_unsent(FaultKind kind, int arrived)
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        server.Emulator.Faults.Add("webwxsendmsg", kind);

        Task<WeChatReceipt> send = SendAsync(session, "lost");
        WeChatException error = await time.DriveAsync(Assert.ThrowsAsync<WeChatException>(() => send));

        Assert.Equal(WeChatErrorReason.SendOutcomeUnknown, error.Reason);
        Assert.Contains((string)error.Subject!, error.Message);
        Assert.Equal(3, server.Asked("webwxsendmsg"));
        Assert.All(server.Emulator.Requests.Get("webwxsendmsg"), request => Assert.Contains((string)error.Subject!, request.Body));
        Assert.Equal(arrived, server.Emulator.Sent.Count);
    }

    [Fact]
    public async Task Without_repeating_the_first_doubt_goes_to_the_caller()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = new DrivenTime() });
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.LostReply);

        Task<WeChatReceipt> send = SendAsync(session, "lost", new SendOptions { NoRetry = true });

        Assert.Equal(WeChatErrorReason.SendOutcomeUnknown, (await Assert.ThrowsAsync<WeChatException>(() => send)).Reason);
        Assert.Equal(1, server.Asked("webwxsendmsg"));
    }

    [Fact]
    public async Task A_refusal_after_a_lost_reply_leaves_the_outcome_open()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.LostReply, count: 1);
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 1, code: 1205);

        Task<WeChatReceipt> send = SendAsync(session, "once");

        Assert.Equal(
            WeChatErrorReason.SendOutcomeUnknown, (await time.DriveAsync(Assert.ThrowsAsync<WeChatException>(() => send))).Reason);
        Assert.Single(server.Emulator.Sent);
    }

    [Fact]
    public async Task A_text_refused_while_the_key_was_exchanged_goes_out_once_more()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 1, code: 1101);

        await SendAsync(session, "in between");

        Assert.Equal("in between", Assert.Single(server.Emulator.Sent).Text);
        Assert.Equal(2, server.Asked("webwxsendmsg"));
    }

    [Fact]
    public async Task A_text_refused_twice_because_the_session_is_over_is_not_tried_again()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Kick(code: 1100);

        Assert.Equal(WeChatErrorReason.LoggedOut, (await Assert.ThrowsAsync<WeChatException>(() => SendAsync(session, "?"))).Reason);
        Assert.Equal(2, server.Asked("webwxsendmsg"));
    }

    [Fact]
    public async Task A_text_refused_twice_by_a_session_that_is_alive_is_refused_and_nothing_is_over()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 2, code: 1101);

        WeChatException refusal = await Assert.ThrowsAsync<WeChatException>(() => SendAsync(session, "refused"));

        Assert.Equal((WeChatErrorReason.Refused, 1101), (refusal.Reason, refusal.ServerCode));
        Assert.Equal(SessionState.Online, session.State);
        await SendAsync(session, "the next one");
        Assert.Equal("the next one", Assert.Single(server.Emulator.Sent).Text);
    }

    [Fact]
    public async Task A_message_that_never_left_is_unreachable_and_not_unknown()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        bool isDown = false;
        var http = new HttpSettings { Handler = () => new Refusing(() => isDown) };
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = http });
        isDown = true;

        Task<WeChatReceipt> send = SendAsync(session, "never");

        Assert.Equal(WeChatErrorReason.Unreachable, (await time.DriveAsync(Assert.ThrowsAsync<WeChatException>(() => send))).Reason);
        Assert.Equal(0, server.Asked("webwxsendmsg"));
    }

    [Theory]
    [InlineData(1204, WeChatErrorReason.ReceiverNotAllowed, 0)]
    [InlineData(1205, null, 1)]
    public async Task A_refusal_after_an_attempt_that_never_left_is_what_it_says(int code, WeChatErrorReason? reason, int arrived)
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        int refusals = 0;
        var http = new HttpSettings { Handler = () => new Refusing(() => Interlocked.Decrement(ref refusals) >= 0) };
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = http });
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 1, code: code);
        Volatile.Write(ref refusals, 1);

        Task<WeChatReceipt> send = SendAsync(session, "?");
        await time.DriveAsync(Task.WhenAny(send));

        Assert.Equal(reason, (await Record.ExceptionAsync(() => send) as WeChatException)?.Reason);
        Assert.Equal(arrived, server.Emulator.Sent.Count);
    }

    [Fact]
    public async Task A_receiver_who_may_not_be_written_to_is_said_to_be_one()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 1, code: 1204);

        Assert.Equal(WeChatErrorReason.ReceiverNotAllowed, (await Assert.ThrowsAsync<WeChatException>(() => SendAsync(session, "?"))).Reason);
        Assert.Equal(
            WeChatErrorReason.ReceiverNotAllowed,
            (await Assert.ThrowsAsync<WeChatException>(() => session.SendAsync(session.User!, MessageBody.Text("?"), new SendOptions(), default))).Reason);
        Assert.Equal(WeChatErrorReason.EmptyMessage, (await Assert.ThrowsAsync<WeChatException>(() => SendAsync(session, ""))).Reason);
        Assert.Equal(1, server.Asked("webwxsendmsg"));
    }

    [Fact]
    public async Task A_send_that_is_lost_does_not_outlive_its_session()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = new DrivenTime() });
        server.Emulator.Faults.Add("webwxsendmsg", FaultKind.LostReply);
        Task<WeChatReceipt> send = SendAsync(session, "lost");
        await Eventually.UntilAsync(() => server.Emulator.Sent.Count == 1, "it has arrived");

        session.Dispose();

        Assert.Equal(WeChatErrorReason.NotConnected, (await Assert.ThrowsAsync<WeChatException>(() => send)).Reason);
    }

    private static Task<WeChatReceipt> SendAsync(WeChatSession session, string text, SendOptions? options = null) =>
        session.SendAsync(session.Contacts.Resolve("张三").Contact!, MessageBody.Text(text), options ?? new SendOptions(), default);

    /// <summary>Nobody listens, when it is down.</summary>
    private sealed class Refusing(Func<bool> isDown) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false, UseProxy = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => isDown()
            ? throw new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused))
            : base.SendAsync(request, cancellationToken);
    }
}
