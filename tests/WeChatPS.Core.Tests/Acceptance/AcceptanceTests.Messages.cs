using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Core.Tests.Chaos;
using WeChatPS.Core.Tests.Live;
using WeChatPS.Emulator;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Acceptance;

/// <content>The messages.</content>
public sealed partial class AcceptanceTests
{
    [Fact]
    public async Task Killed_between_fetch_and_handling_a_process_delivers_the_message_once_after_its_restart()
    {
        await using var stage = new Stage();
        string handled = Path.Combine(stage.StorePath, "handled");
        using (ReceivingProcess first = ReceivingProcess.Start(stage.Server.Endpoint, stage.StorePath, handled, stopsBeforeHandling: true))
        {
            await Eventually.UntilAsync(() => stage.Server.Counters.OpenPolls == 1, "the first poll", first.Says);
            for (int number = 1; number <= 3; number++) stage.Server.Deliver(Friend, $"#{number}");
            await Eventually.UntilAsync(() => first.HasStopped, "the first message", first.Says);
            first.Kill();
        }

        Assert.Equal([], HandledMessages.Read(handled));
        using ReceivingProcess second = ReceivingProcess.Start(stage.Server.Endpoint, stage.StorePath, handled);
        await Eventually.UntilAsync(() => HandledMessages.Count(handled) >= 3, "the messages", second.Says);
        second.Kill();
        Assert.Equal([1, 2, 3], HandledMessages.Read(handled));
    }

    [Fact]
    public async Task A_number_for_a_text_or_bytes_that_are_no_UTF_8_or_missing_keys_cost_no_other_message_and_the_key_advances()
    {
        await using var stage = new Stage();
        WeChatSession session = await stage.ConnectAsync();
        string[] faulty = [.. await ReceiveThreeAsync(FaultKind.NumericFileSize), .. await ReceiveThreeAsync(FaultKind.InvalidUtf8),
            .. await ReceiveThreeAsync(FaultKind.MissingKeys)];
        Assert.Equal(9, faulty.Length);
        Assert.Equal(6, faulty.Count(text => text == "good"));

        // a server that holds the poll has nothing left that the key does not know
        await using var receiver = new Receiver(session);
        await Eventually.UntilAsync(() => stage.Server.Counters.OpenPolls == 1, "a poll that is held");
        Assert.Empty(receiver.Messages);

        async Task<string[]> ReceiveThreeAsync(FaultKind kind)
        {
            stage.Server.Faults.Add("webwxsync", kind, count: 1);
            stage.Server.Deliver(new IncomingMessage { From = Friend, Kind = Emulator.MessageKind.File, FileName = "报告.pdf", Data = new byte[77] });
            stage.Server.Deliver(Friend, "good");
            stage.Server.Deliver(Friend, "good");
            await using var receiver = new Receiver(session);
            await receiver.Take(3);
            Assert.Equal(77, Assert.IsType<FileContent>(receiver.Messages[0].Content).Size);
            return receiver.Texts;
        }
    }

    [Fact]
    public async Task A_text_whose_reply_is_lost_is_at_the_server_once()
    {
        await using var stage = new Stage();
        WeChatSession session = await stage.ConnectAsync();
        WeChatContact friend = await session.ResolveAsync(Friend, CancellationToken.None);
        stage.Server.Faults.Add("webwxsendmsg", FaultKind.LostReply, count: 1);
        WeChatReceipt receipt = await session.SendAsync(friend, MessageBody.Text("只此一次"), new SendOptions(), CancellationToken.None);
        SentMessage sent = Assert.Single(stage.Server.Sent);
        Assert.Equal((sent.MsgId, sent.ClientMsgId, 2), (receipt.MessageId, receipt.ClientMsgId, receipt.Attempts));
        Assert.Equal(("只此一次", 1), (sent.Text, sent.DroppedCopies));
    }

    [Fact]
    public async Task A_burst_of_1205_pauses_the_queue_and_drops_nothing()
    {
        await using var stage = new Stage();
        WeChatSession session = await stage.ConnectAsync();
        WeChatContact friend = await session.ResolveAsync(Friend, CancellationToken.None);
        stage.Server.Faults.Add("webwxsendmsg", FaultKind.Ret, count: 3, code: 1205);
        string[] texts = [.. Enumerable.Range(1, 12).Select(number => $"text {number}")];
        await Task.WhenAll(texts.Select(text => session.SendAsync(friend, MessageBody.Text(text), new SendOptions(), CancellationToken.None)));
        Assert.Equal(texts, stage.Server.Sent.Select(sent => sent.Text));

        TimeSpan[] tries = [.. stage.Answered.Where(one => one.Request.Endpoint == "webwxsendmsg").Select(one => one.At)];
        Assert.Equal(15, tries.Length);
        double[] pauses = [.. tries.Zip(tries.Skip(1), (one, next) => (next - one).TotalSeconds)];
        Assert.InRange(pauses[0], 48, 60);
        Assert.InRange(pauses[1], 96, 120);
        Assert.InRange(pauses[2], 192, 240);
        Assert.All(pauses[3..], pause => Assert.InRange(pause, 0, 1));
    }

    [Fact]
    public async Task Saved_and_loaded_twice_a_session_has_all_its_cookies()
    {
        await using var stage = new Stage();
        var saved = new List<SavedSession>();
        for (int i = 0; i < 3; i++)
        {
            WeChatSession session = await stage.ConnectAsync();
            session.Dispose();
            using SessionFolder folder = new SessionStore(stage.StorePath).Open(stage.Name);
            saved.Add(folder.Load()!);
        }

        Assert.Equal(8, saved[0].Cookies.Count);
        Assert.Contains(saved[0].Cookies, cookie => cookie.Name == "webwx_data_ticket");
        // each fetch renews their time, by the server's clock
        Assert.All(saved, session => Assert.Equal(
            saved[0].Cookies.Select(cookie => cookie with { Expires = null }), session.Cookies.Select(cookie => cookie with { Expires = null })));
        Assert.All(saved.SelectMany(session => session.Cookies), cookie => Assert.NotNull(cookie.Expires));
        Assert.All(saved, session => Assert.Equal(saved[0].Credentials, session.Credentials));
        Assert.Single(stage.Server.Requests.Get("webwxnewloginpage"));
    }

    [Fact]
    public async Task While_a_handler_sleeps_for_five_minutes_the_polls_continue()
    {
        var time = new FakeTimeProvider();
        await using var stage = new Stage(time);
        WeChatSession session = await stage.ConnectAsync(defaultDeadlines: true);
        using var wakeUp = new ManualResetEventSlim();
        var handled = new ConcurrentQueue<string>();
        await using var receiver = new Receiver(session, message =>
        {
            wakeUp.Wait(Eventually.Patience);
            handled.Enqueue(message.Text);
        });
        await Eventually.UntilAsync(() => stage.Server.Counters.OpenPolls == 1, "the first poll");
        long polls = session.PollCount, received = session.ReceivedCount;
        for (int half = 1; half <= 10; half++)
        {
            stage.Server.Deliver(Friend, $"#{half}");
            await Eventually.UntilAsync(() => session.ReceivedCount == received + half && stage.Server.Counters.OpenPolls == 1, $"message {half} and a poll");
            time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(polls + 10, session.PollCount);
        wakeUp.Set();
        await Eventually.UntilAsync(() => handled.Count == 10, "ten messages");
        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"#{number}"), handled);
        Assert.Empty(receiver.Warnings);
    }

    [Fact]
    public async Task A_message_costs_an_account_of_5000_contacts_what_it_costs_one_of_50()
    {
        (long few, _) = await CostAsync(contacts: 50);
        (long many, string[] requests) = await CostAsync(contacts: 5000);
        Assert.InRange(many, 0, few + (few / 5));
        Assert.All(requests, endpoint => Assert.True(endpoint is "synccheck" or "webwxsync", endpoint));
        Assert.InRange(requests.Length, 1, 30);

        static async Task<(long Bytes, string[] Requests)> CostAsync(int contacts)
        {
            const int Messages = 500;
            await using var stage = new Stage(options: Stage.NewOptions(contacts));
            WeChatSession session = await stage.ConnectAsync();
            for (int i = 0; i < Messages; i++) stage.Server.Deliver(Friend, "an ordinary text");
            stage.Server.Requests.Clear();
            using MessageStream stream = session.OpenStream(new StreamOptions());
            await Eventually.UntilAsync(() => session.PendingCount >= Messages, "all messages");
            return (Taking(stream, Messages), [.. stage.Server.Requests.Get().Select(request => request.Endpoint)]);
        }

        // what is in the inbox already is taken without waiting, on this thread alone
        [SuppressMessage("Reliability", "CA2012", Justification = "each is complete when it is asked for its result")]
        static long Taking(MessageStream stream, int messages)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < messages; i++)
            {
                ValueTask<StreamEntry> next = stream.NextAsync(CancellationToken.None);
                Assert.True(next.IsCompletedSuccessfully);
                if (next.Result.Message is not { } message) continue;
                Assert.NotEqual("", message.From.Name);
                _ = message.Text;
                stream.Acknowledge(message);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public async Task Emoji_markup_and_odd_spaces_arrive_as_they_were_sent_both_ways()
    {
        string[] texts =
        [
            "😀🇨🇳👨‍👩‍👧‍👦🌙", "a < b & c > d \"'", "<br/> &lt;br/&gt; &amp;amp;", "@张三\u2005你好", "第一行\n第二行", "\\u4f60 \\n / \\", "[微笑][Smile]",
        ];
        await using var stage = new Stage();
        WeChatSession session = await stage.ConnectAsync();
        WeChatContact friend = await session.ResolveAsync(Friend, CancellationToken.None);
        foreach (string text in texts)
        {
            await session.SendAsync(friend, MessageBody.Text(text), new SendOptions(), CancellationToken.None);
            stage.Server.Deliver(Friend, text);
        }

        Assert.Equal(texts, stage.Server.Sent.Select(sent => sent.Text));
        await using var receiver = new Receiver(session);
        await receiver.Take(texts.Length);
        Assert.Equal(texts, receiver.Texts);
    }
}
