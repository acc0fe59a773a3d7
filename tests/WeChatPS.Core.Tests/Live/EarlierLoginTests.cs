using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Messages, receipts and objects that outlive the login whose user names they carry.</summary>
public sealed class EarlierLoginTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task What_waits_through_new_logins_is_read_as_it_was_meant()
    {
        await using LiveServer server = LiveServer.Start();
        await LeaveWaitingAsync(server);
        (await LoginAgainAsync(server)).Dispose();

        WeChatSession third = await LoginAgainAsync(server);
        List<WeChatMessage> waited = await WaitingAsync(third);

        Assert.Equal(["from phone", "private", "in group"], waited.Select(message => message.Text));
        WeChatContact wang = await third.ResolveAsync("王五", s_none), group = await third.ResolveAsync("运维群", s_none);
        Assert.Equal((true, third.User, wang), (waited[0].IsFromSelf, waited[0].From, waited[0].Conversation));
        Assert.Equal((false, wang, third.User), (waited[1].IsFromSelf, waited[1].From, waited[1].To));
        Assert.Equal((false, group, "赵六"), (waited[2].IsFromSelf, waited[2].Conversation, waited[2].Sender!.Name));
    }

    [Fact]
    public async Task What_waited_can_be_answered()
    {
        await using LiveServer server = LiveServer.Start();
        await LeaveWaitingAsync(server);
        WeChatSession session = await LoginAgainAsync(server);

        foreach (WeChatMessage message in await WaitingAsync(session))
            await session.SendAsync(await session.ResolveAsync(message.Conversation, s_none), MessageBody.Text("answer"), new SendOptions(), s_none);

        Assert.Equal(["王五", "王五", "运维群"], server.Emulator.Sent.Select(sent => sent.To.NickName));
    }

    [Fact]
    public async Task A_member_who_was_met_in_a_group_alone_is_named_and_taken_for_nobody()
    {
        await using LiveServer server = LiveServer.Start();
        await LeaveWaitingAsync(server);
        WeChatSession session = await LoginAgainAsync(server);

        WeChatMessage message = (await WaitingAsync(session))[2];

        Assert.Equal(("赵六", false, true), (message.From.Name, message.Knows(message.From), message.Knows(message.Group!)));
        Assert.True(message.IsFromFormerStranger);
        await RefusedAsync(() => session.ResolveAsync(message.From, s_none));
    }

    [Fact]
    public async Task A_contact_without_an_id_of_its_own_is_recognised_by_what_it_shows()
    {
        await using LiveServer server = LiveServer.Start();
        for (int n = 0; n < 20; n++) server.Emulator.Self.AddFriend("好友" + n);
        WeChatSession first = await server.ConnectDrainedAsync();
        Assert.False((await first.ResolveAsync("好友19", s_none)).HasStableId);
        server.Emulator.Deliver("好友19", "private");
        await LeaveAsync(first, 1);

        WeChatSession session = await LoginAgainAsync(server);

        Assert.Equal("好友19", Assert.Single(await WaitingAsync(session)).From.Name);
    }

    [Fact]
    public async Task Whoever_only_took_the_senders_name_is_not_taken_for_the_sender()
    {
        await using LiveServer server = LiveServer.Start();
        await LeaveWaitingAsync(server);
        Account account = server.Emulator.Self;
        account.Remove(account.Contact("王五"));
        account.AddFriend("王五");

        WeChatSession session = await LoginAgainAsync(server);
        WeChatMessage message = (await WaitingAsync(session))[1];

        Assert.Equal((false, false), (message.Knows(message.From), message.IsFromFormerStranger));
        await RefusedAsync(() => session.ResolveAsync(message.Conversation, s_none));
    }

    [Fact]
    public async Task What_cannot_be_assigned_is_said_to_come_from_an_earlier_login_before_anything_is_asked_or_sent()
    {
        await using LiveServer server = LiveServer.Start();
        await LeaveWaitingAsync(server);
        File.Delete(Path.Combine(server.Store, server.Name, "identities.json"));
        WeChatSession session = await LoginAgainAsync(server);

        List<WeChatMessage> waited = await WaitingAsync(session);

        // the saved session still says who the account was
        Assert.Equal([true, false, false], waited.Select(message => message.IsFromSelf));
        foreach (WeChatMessage message in waited)
            Assert.Contains("an earlier login", (await RefusedAsync(() => session.ResolveAsync(message.Conversation, s_none))).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Emulator.Requests.Get("webwxbatchgetcontact"), request => request.Body.Contains(waited[1].WireSender, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_filter_leaves_comes_first_next_time()
    {
        await using LiveServer server = LiveServer.Start();
        await LeaveWaitingAsync(server);
        WeChatSession session = await LoginAgainAsync(server);
        StreamOptions nothing = new() { NoWait = true, Filter = _ => false, IsUndecided = message => message.Text == "private" };
        List<WeChatMessage> given;
        List<SessionNotice> said;
        using (MessageStream stream = session.OpenStream(nothing)) (given, said) = await stream.TakeAllAsync();

        Assert.Empty(given);
        Assert.Single(said, notice => notice.Level == NoticeLevel.Warning && notice.Text.Contains("earlier login", StringComparison.Ordinal));
        Assert.Equal("private", Assert.Single(await WaitingAsync(session)).Text);
    }

    [Fact]
    public async Task A_file_of_before_still_says_whose_ids_the_last_user_names_were()
    {
        await using LiveServer server = LiveServer.Start();
        await LeaveWaitingAsync(server);
        string path = Path.Combine(server.Store, server.Name, "identities.json");
        StoredIdentities stored = IdentityFile.Read(path)! with { Logins = null };
        await File.WriteAllBytesAsync(path, SessionEnvelope.Wrap(JsonSerializer.SerializeToUtf8Bytes(stored, SessionJson.Default.StoredIdentities)));

        List<WeChatMessage> waited = await WaitingAsync(await LoginAgainAsync(server));

        Assert.Equal((true, "王五", "运维群"), (waited[0].IsFromSelf, waited[1].From.Name, waited[2].Group!.Name));
    }

    [Fact]
    public async Task User_names_of_earlier_logins_are_kept_as_long_as_messages_wait()
    {
        await using LiveServer server = LiveServer.Start();
        await LeaveWaitingAsync(server);
        WeChatSession second = await LoginAgainAsync(server);
        using (MessageStream stream = second.OpenStream(new StreamOptions { NoWait = true })) await stream.TakeAllAsync();
        second.Dispose();
        Assert.Equal(2, Logins(server).Count);

        (await server.ConnectDrainedAsync(server.Options with { Login = WeChatLoginMethod.Qr })).Dispose();

        Assert.Single(Logins(server));
    }

    [Fact]
    public async Task A_message_is_taken_back_under_the_receivers_new_user_name()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession first = await server.ConnectDrainedAsync();
        WeChatReceipt receipt = await first.SendAsync(await first.ResolveAsync("王五", s_none), MessageBody.Text("oops"), new SendOptions(), s_none);
        WeChatSession second = await LoginAgainAsync(server);

        await second.RevokeAsync(receipt, s_none);

        string now = (await second.ResolveAsync("王五", s_none)).UserName;
        Assert.NotEqual(now, receipt.To.UserName);
        Assert.Contains(now, Assert.Single(server.Emulator.Requests.Get("webwxrevokemsg")).Body, StringComparison.Ordinal);
        Assert.True(Assert.Single(server.Emulator.Sent).IsRevoked);
    }

    [Fact]
    public async Task Nothing_is_taken_back_whose_receiver_nobody_is_known_to_be()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession first = await server.ConnectDrainedAsync();
        WeChatReceipt receipt = await first.SendAsync(await first.ResolveAsync("王五", s_none), MessageBody.Text("oops"), new SendOptions(), s_none);
        server.Emulator.Self.Remove(server.Emulator.Self.Contact("王五"));
        WeChatSession second = await LoginAgainAsync(server);

        WeChatException refused = await RefusedAsync(() => second.RevokeAsync(receipt, s_none));

        Assert.Contains("an earlier login", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Asked("webwxrevokemsg"));
    }

    [Fact]
    public async Task An_object_means_its_id_and_never_who_is_only_called_so()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession first = await server.ConnectDrainedAsync();
        WeChatContact friend = await first.ResolveAsync("王五", s_none);
        Account account = server.Emulator.Self;
        account.Remove(account.Contact("王五"));
        account.AddFriend(friend.Id);
        WeChatSession second = await LoginAgainAsync(server);

        await RefusedAsync(() => second.ResolveAsync(friend, s_none));
        await RefusedAsync(() => second.ResolveAsync(friend.Id, s_none));
    }

    private static async Task LeaveWaitingAsync(LiveServer server)
    {
        WeChatSession session = await server.ConnectDrainedAsync();
        server.Emulator.Deliver(new IncomingMessage { To = "王五", Text = "from phone" });
        server.Emulator.Deliver("王五", "private");
        server.Emulator.Deliver("赵六", "in group", "运维群");
        await LeaveAsync(session, 3);
    }

    private static async Task LeaveAsync(WeChatSession session, int count)
    {
        using (MessageStream stream = session.OpenStream(Streams.Texts))
        {
            for (int n = 0; n < count; n++) await stream.TextAsync();
        }

        session.Dispose();
    }

    private static Task<WeChatSession> LoginAgainAsync(LiveServer server) =>
        server.ConnectAsync(server.Options with { Login = WeChatLoginMethod.Qr });

    private static async Task<List<WeChatMessage>> WaitingAsync(WeChatSession session)
    {
        using MessageStream stream = session.OpenStream(Streams.Texts with { NoWait = true });
        return (await stream.TakeAllAsync()).Messages;
    }

    private static IReadOnlyList<LoginNames> Logins(LiveServer server) =>
        IdentityFile.Read(Path.Combine(server.Store, server.Name, "identities.json"))!.Logins!;

    private static async Task<WeChatException> RefusedAsync(Func<Task> work)
    {
        var refused = await Assert.ThrowsAsync<WeChatException>(work);
        Assert.Equal(WeChatErrorReason.ContactNotFound, refused.Reason);
        return refused;
    }
}
