using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Live;
using WeChatPS.Emulator;
using Xunit;
using Kind = WeChatPS.Emulator.ContactKind;

namespace WeChatPS.Core.Tests.Compatibility;

/// <summary>A session that version 0.1 saved goes on with today's client.</summary>
public sealed class SessionOf01LiveTests
{
    private static readonly MessageKind[] s_otherKinds =
    [
        MessageKind.Image, MessageKind.Voice, MessageKind.File, MessageKind.Link, MessageKind.Location,
        MessageKind.Card, MessageKind.Transfer, MessageKind.Emoticon, MessageKind.Video, MessageKind.Unknown,
    ];

    [Fact]
    public async Task After_a_new_login_every_message_is_read_with_its_sender_and_group()
    {
        EmulatorOptions options = LiveServer.Quick;
        await using LiveServer server = LiveServer.Start(new EmulatorOptions
        {
            DemoContacts = false, Hold = options.Hold, ScanDelay = options.ScanDelay, ConfirmDelay = options.ConfirmDelay,
        });
        Populate(server.Emulator.Self);
        using var copy = new SessionOf01();
        copy.MoveTo(server.Emulator.Endpoint, server.Emulator.Self.Uin);

        WeChatSession session = await server.ConnectAsync(Options(server, copy) with { Login = WeChatLoginMethod.Qr });
        using MessageStream stream = session.OpenStream(Streams.Texts with { NoWait = true });
        (List<WeChatMessage> messages, List<SessionNotice> notices) = await stream.TakeAllAsync();

        Assert.DoesNotContain(notices, notice => notice.Level == NoticeLevel.Warning);
        Assert.Equal(
            [
                ("王五", null, "旧登录：在吗？😀", 4),
                ("赵六", "运维群", "@我\u2005 旧登录：磁盘 92% 了", 3),
                ("好友00019", null, "旧登录：周末见", 3),
            ],
            messages.Take(3).Select(message => (message.From.Name, message.Group?.Name, message.Text, message.DeliveryCount)));
        Assert.Equal(500, messages.Count - 3);
        Assert.All(messages.Skip(3), (message, index) => AssertIs(message, index + 1));
        Assert.Equal(0, session.PendingCount);
    }

    [Fact]
    public async Task Resuming_shows_the_server_the_credentials_and_cookies_that_0_1_saved()
    {
        await using LiveServer server = LiveServer.Start();
        using var copy = new SessionOf01();
        copy.MoveTo(server.Emulator.Endpoint);

        // The emulator has never heard of this login.
        WeChatException refused = await server.RefusedAsync(
            Options(server, copy) with { Login = WeChatLoginMethod.Resume, Time = new ClockFrom(SessionOf01.Saved) });

        Assert.Equal(WeChatErrorReason.LoginRequired, refused.Reason);
        LoggedRequest request = server.Emulator.Requests.Get("webwxinit")[0];
        Assert.Contains("KWhUfdp", request.Body, StringComparison.Ordinal);
        Assert.Contains("2595325539", request.Body, StringComparison.Ordinal);
        string cookies = request.Header("Cookie")!;
        Assert.Contains("wxsid=KWhUfdp+Mn29/Ciq", cookies, StringComparison.Ordinal);
        Assert.Contains("webwx_data_ticket=", cookies, StringComparison.Ordinal);
        Assert.Contains("webwx_auth_ticket=", cookies, StringComparison.Ordinal);
        Assert.Equal("我", copy.Load().SelfNickName);
    }

    private static ConnectOptions Options(LiveServer server, SessionOf01 copy) => server.Options with { Name = SessionOf01.Name, StorePath = copy.Store };

    /// <summary>The people and groups of the emulator that 0.1 was connected to, with the ids that they had there.</summary>
    private static void Populate(Account account)
    {
        Contact zhang = Friend("wxid_6534447caa4ffa", "张三"), wang = Friend("wxid_d869b387835b6a", "王五");
        Contact li = Friend("wxid_84342d11e1efee", "小四🌙", "李四");
        account.Add(new Contact("gh_2dd92bafd8c5", Kind.Official, "每日天气"));
        for (int n = 1; n <= 20; n++) account.AddFriend(string.Create(CultureInfo.InvariantCulture, $"好友{n:00000}"));
        Group("1834472621@chatroom", "运维群", zhang, li);
        Group("1835472624@chatroom", "周末爬山", li, wang);
        Group("1836472627@chatroom", "读书会📚", wang, li);

        Contact Friend(string id, string nickName, string remarkName = "") =>
            account.Add(new Contact(id, Kind.Friend, nickName) { RemarkName = remarkName, Sex = 2, Province = "上海", City = "浦东新区" });

        void Group(string id, string name, params Contact[] members) => account.Add(
            new Contact(id, Kind.Group, name) { Members = [new(account.Me), .. members.Select(member => new GroupMember(member))] });
    }

    /// <summary>The README of the fixture has this as a table.</summary>
    private static void AssertIs(WeChatMessage message, int n)
    {
        (string from, string? group, string? text) = (n % 10) switch
        {
            1 => ("王五", null, $"第 {n} 条 😀"),
            2 => ("张三", "运维群", $"@我\u2005 第 {n} 条"),
            3 => ("李四", null, $"第 {n} 条\n第二行 <b> & \"引号\""),
            4 => ("赵六", "运维群", $"第 {n} 条 👨‍👩‍👧"),
            5 => ("好友00015", null, $"第 {n} 条"),
            6 => ("孙七 <ops>", "运维群", $"第 {n} 条 [微笑]"),
            7 => ("每日天气", null, $"第 {n} 条 ☔"),
            8 => ("我", null, $"第 {n} 条，来自手机"),
            9 => ("王五", "读书会📚", $"第 {n} 条 🌙"),
            _ => ("李四", null, (string?)null),
        };
        Assert.Equal((n, from, group, 1), (n, message.From.Name, message.Group?.Name, message.DeliveryCount));
        Assert.Equal(n % 10 == 0 ? s_otherKinds[((n / 10) - 1) % 10] : MessageKind.Text, message.Kind);
        if (text is not null) Assert.Equal(text, message.Text);
        if (n % 10 == 8) Assert.Equal((true, "王五"), (message.IsFromSelf, message.Conversation.Name));
    }

    /// <summary>A clock that runs as every other one, from a time of its own.</summary>
    private sealed class ClockFrom(DateTimeOffset start) : TimeProvider
    {
        private readonly long _started = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_started);
    }
}
