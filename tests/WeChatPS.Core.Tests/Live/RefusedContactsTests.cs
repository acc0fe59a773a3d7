using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Bundles of contacts that the server does not give because of some that are in them.</summary>
public sealed class RefusedContactsTests
{
    private const string Details = "webwxbatchgetcontact";
    private const int Groups = 50;

    private static readonly CancellationToken s_none = CancellationToken.None;

    [Theory]
    [InlineData(FaultKind.Ret)]
    [InlineData(FaultKind.Html)]
    public async Task One_bad_group_among_fifty_leaves_the_others_known_and_is_not_asked_for_again(FaultKind kind)
    {
        await using LiveServer server = Start();
        Contact bad = server.Emulator.Self.Contact("群17");
        server.Emulator.Faults.Add(new Fault(Details, kind) { Contact = "群17" });

        WeChatSession session = await server.ConnectAsync();

        Assert.Equal(["群17"], Unknown(session));
        Assert.InRange(server.Asked(Details), 2, 13);
        Assert.Contains(session.TakeNotices(withTrace: true), notice => notice is { Level: NoticeLevel.Verbose } && notice.Text.Contains("'群17'", StringComparison.Ordinal));
        server.Emulator.Requests.Clear();
        await session.GetContactsAsync(true, s_none);
        Assert.Single(server.Emulator.Requests.Get(Details));
        Assert.DoesNotContain(UserNameOf(server, bad), AskedFor(server));
        Assert.NotEmpty(await session.GetMembersAsync(await session.ResolveAsync("群17", s_none), false, s_none));
        Assert.Single(server.Emulator.Requests.Get(Details));
    }

    [Fact]
    public async Task Who_insists_asks_again_and_what_is_answered_then_is_asked_for_like_the_others()
    {
        await using LiveServer server = Start();
        server.Emulator.Faults.Add(new Fault(Details, FaultKind.Ret) { Contact = "群17", Code = -1 });
        WeChatSession session = await server.ConnectAsync();
        WeChatContact group = await session.ResolveAsync("群17", s_none);

        var refused = await Assert.ThrowsAsync<WeChatException>(() => session.GetMembersAsync(group, true, s_none));
        server.Emulator.Faults.Clear();
        Assert.Contains(await session.GetMembersAsync(group, true, s_none), member => member.Name == "成员17");

        Assert.Equal((WeChatErrorReason.Refused, -1), (refused.Reason, refused.ServerCode));
        server.Emulator.Requests.Clear();
        await session.GetContactsAsync(true, s_none);
        Assert.Contains(group.UserName, AskedFor(server));
    }

    [Fact]
    public async Task A_group_of_which_nothing_is_known_says_why_without_asking()
    {
        await using LiveServer server = Start();
        WeChatSession session = await server.ConnectAsync();
        Account account = server.Emulator.Self;
        server.Emulator.Faults.Add(new Fault(Details, FaultKind.Ret) { Contact = account.AddGroup("新群", [new(Account.NewStranger("某人"))]).NickName });
        var group = new WeChatContact(server.Emulator.Sessions[0].UserNameOf(account.Contact("新群")));
        await Assert.ThrowsAsync<WeChatException>(() => session.GetMembersAsync(group, false, s_none));
        int asked = server.Asked(Details);

        var refused = await Assert.ThrowsAsync<WeChatException>(() => session.GetMembersAsync(group, false, s_none));

        Assert.Equal((WeChatErrorReason.Refused, asked), (refused.Reason, server.Asked(Details)));
    }

    [Fact]
    public async Task A_server_that_refuses_everything_is_soon_left_alone_and_nobody_is_blamed_for_it()
    {
        await using LiveServer server = Start();
        server.Emulator.Faults.Add(Details, FaultKind.Ret);

        WeChatSession session = await server.ConnectAsync();

        Assert.Equal(9, server.Asked(Details));
        Assert.Contains(session.TakeNotices(withTrace: true), notice => notice.Level == NoticeLevel.Warning);
        server.Emulator.Faults.Clear();
        server.Emulator.Requests.Clear();
        await session.GetContactsAsync(true, s_none);
        Assert.Empty(Unknown(session));
        Assert.Single(server.Emulator.Requests.Get(Details));
    }

    [Fact]
    public async Task Many_bad_groups_are_found_in_several_paced_rounds_none_of_which_is_long()
    {
        await using LiveServer server = Start();
        string[] bad = [.. Enumerable.Range(0, 10).Select(number => $"群{(number * 5) + 1}")];
        foreach (string name in bad) server.Emulator.Faults.Add(new Fault(Details, FaultKind.Ret) { Contact = name });
        var time = new DrivenTime();
        DateTimeOffset started = time.GetUtcNow();
        WeChatSession session = await time.DriveAsync(server.ConnectAsync(
            server.Options with { Time = time, Http = time.Http, Timeout = TimeSpan.FromMinutes(10) }));

        for (int round = 0; round < 8 && Unknown(session).Length > bad.Length; round++)
        {
            int before = server.Asked(Details);
            await time.DriveAsync(Record.ExceptionAsync(() => session.GetContactsAsync(true, s_none)));
            Assert.InRange(server.Asked(Details) - before, 1, 40);
        }

        Assert.Equal(bad, Unknown(session));

        // twenty at once, and then one in two seconds
        Assert.True(time.GetUtcNow() - started >= TimeSpan.FromSeconds(2 * (server.Asked(Details) - 20)));
    }

    [Fact]
    public async Task A_request_for_less_traffic_is_no_refusal_of_a_name()
    {
        await using LiveServer server = Start();
        server.Emulator.Faults.Add(Details, FaultKind.Ret, code: 1205);

        WeChatSession session = await server.ConnectAsync();

        Assert.Equal(1, server.Asked(Details));
        Assert.Equal(SessionState.Online, session.State);
    }

    /// <summary>Fifty groups, each with a member whom nothing else makes known.</summary>
    private static LiveServer Start()
    {
        EmulatorOptions options = LiveServer.Quick;
        LiveServer server = LiveServer.Start(new EmulatorOptions
        {
            Hold = options.Hold, ScanDelay = options.ScanDelay, ConfirmDelay = options.ConfirmDelay, DemoContacts = false,
        });
        foreach (int number in Enumerable.Range(1, Groups))
            server.Emulator.Self.AddGroup($"群{number}", [new(Account.NewStranger($"成员{number}"))]);
        return server;
    }

    /// <summary>Groups with members who have no name, by their own.</summary>
    private static string[] Unknown(WeChatSession session) =>
    [
        .. session.Contacts.All.Where(one => one.IsGroup && session.Contacts.Members(one.UserName)!.Any(member => member.NickName.Length == 0))
            .Select(one => one.Name).OrderBy(name => int.Parse(name[1..], null)),
    ];

    private static string UserNameOf(LiveServer server, Contact contact) => server.Emulator.Sessions[0].UserNameOf(contact);

    private static HashSet<string> AskedFor(LiveServer server) =>
    [
        .. server.Emulator.Requests.Get(Details).SelectMany(request =>
        {
            using JsonDocument body = JsonDocument.Parse(request.Body);
            return body.RootElement.GetProperty("List").EnumerateArray().Select(one => one.GetProperty("UserName").GetString()!).ToArray();
        }),
    ];
}
