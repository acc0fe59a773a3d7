using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

public sealed class LadderTests
{
    [Fact]
    public async Task A_saved_session_is_resumed_without_a_code()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        var watch = new LoginWatch();

        WeChatSession session = await server.ConnectAsync(server.Options with { NonInteractive = true }, watch);

        Assert.Equal(["Resuming"], watch.Steps);
        Assert.Equal(SessionState.Online, session.State);
        Assert.Equal(0, server.Asked("jslogin") + server.Asked("webwxpushloginurl"));
        Assert.Single(server.Emulator.Sessions);
    }

    [Theory]
    [InlineData(1100)]
    [InlineData(1101)]
    [InlineData(1102)]
    public async Task A_dead_session_is_confirmed_by_one_more_request_and_followed_by_a_push_login(int code)
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        server.Emulator.Kick(code: code);
        var watch = new LoginWatch();

        WeChatSession session = await server.ConnectAsync(server.Options, watch);

        Assert.Equal(SessionState.Online, session.State);
        Assert.Equal(["Resuming", "ResumeFailed", "Pushed"], watch.Steps.Take(3));
        Assert.Equal("Confirmed", watch.Steps.Last());
        Assert.Equal([code, code, 0], server.Emulator.Requests.Get("webwxinit").Select(r => r.Ret ?? 0));
        Assert.Equal(0, server.Asked("jslogin"));
    }

    [Fact]
    public async Task Ret_1_with_an_empty_structure_says_that_the_session_is_over_too()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        server.Emulator.Faults.Add("webwxinit", FaultKind.Ret, count: 2, code: 1);
        var watch = new LoginWatch();

        await server.ConnectAsync(server.Options, watch);

        Assert.Contains("ResumeFailed", watch.Steps);
        Assert.Equal(3, server.Asked("webwxinit"));
    }

    [Fact]
    public async Task A_single_1101_means_nothing()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        server.Emulator.Faults.Add("webwxinit", FaultKind.Ret, count: 1, code: 1101);
        var watch = new LoginWatch();

        await server.ConnectAsync(server.Options, watch);

        Assert.Equal(["Resuming"], watch.Steps);
    }

    [Fact]
    public async Task A_push_login_that_the_server_refuses_is_followed_by_a_code_without_the_old_cookies()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        server.Emulator.Kick();
        server.Emulator.Faults.Add(new Fault("webwxpushloginurl", FaultKind.Ret) { Code = 1, Text = "device authinfo invalid" });
        var watch = new LoginWatch();

        await server.ConnectAsync(server.Options, watch);

        Assert.Equal(["Resuming", "ResumeFailed", "QrCode"], watch.Steps.Take(3));
        Assert.NotNull(Assert.Single(server.Emulator.Requests.Get("webwxpushloginurl")).Header("Cookie"));
        Assert.Null(Assert.Single(server.Emulator.Requests.Get("jslogin")).Header("Cookie"));
    }

    [Fact]
    public async Task A_push_login_alone_that_the_server_refuses_needs_a_person_with_a_code()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        server.Emulator.Faults.Add(new Fault("webwxpushloginurl", FaultKind.Ret) { Code = 1, Text = "device authinfo invalid" });

        WeChatException error = await server.RefusedAsync(server.Options with { Login = WeChatLoginMethod.Push });

        Assert.Equal(WeChatErrorReason.LoginRequired, error.Reason);
        Assert.Equal(0, server.Asked("jslogin"));
    }

    [Fact]
    public async Task A_dead_session_needs_a_person_and_nobody_is_asked_where_nobody_can_be()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        byte[] before = await File.ReadAllBytesAsync(server.SessionFile);
        server.Emulator.Kick();

        WeChatException error = await server.RefusedAsync(server.Options with { NonInteractive = true });

        Assert.Equal(WeChatErrorReason.LoginRequired, error.Reason);
        Assert.Equal(["webwxinit", "webwxinit"], server.Emulator.Requests.Get().Select(r => r.Endpoint));
        Assert.Equal(before, await File.ReadAllBytesAsync(server.SessionFile));
    }

    [Fact]
    public async Task An_outage_of_the_name_service_leaves_the_saved_session_alone()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        byte[] before = await File.ReadAllBytesAsync(server.SessionFile);
        var http = new HttpSettings { Handler = () => new NoNames() };

        WeChatException error = await server.RefusedAsync(server.Options with { Http = http });

        Assert.Equal(WeChatErrorReason.Unreachable, error.Reason);
        Assert.Equal(before, await File.ReadAllBytesAsync(server.SessionFile));
        Assert.Equal(SessionState.Online, (await server.ConnectAsync(server.Options with { NonInteractive = true })).State);
    }

    [Fact]
    public async Task A_dead_sessions_key_is_never_used_by_the_next_login_and_waiting_messages_survive_it()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession first = await server.ConnectAsync();
        server.Emulator.Deliver("张三", "before");
        using (MessageStream stream = first.OpenStream(Streams.Texts))
            Assert.Equal("before", (await stream.TextAsync()).Text);
        Dictionary<int, long> dead = Keys(server.Emulator.Requests.Get("webwxsync")[^1]);
        string deadName = server.Emulator.Self.Sessions[0].SelfUserName;
        first.Dispose();
        server.Emulator.Kick();
        server.Emulator.Requests.Clear();

        WeChatSession second = await server.ConnectAsync();
        Assert.Equal(1, second.PendingCount);
        server.Emulator.Deliver("张三", "after");
        using MessageStream next = second.OpenStream(Streams.Texts);
        WeChatMessage before = await next.TextAsync(), after = await next.TextAsync();

        Assert.Equal(("before", 2), (before.Text, before.DeliveryCount));
        Assert.Equal(("after", 1), (after.Text, after.DeliveryCount));
        Assert.NotEqual(deadName, second.User!.UserName);
        LoggedRequest[] syncs = [.. server.Emulator.Requests.Get("webwxsync")];
        Assert.All(syncs, sync => Assert.Equal(0, sync.Ret ?? 0));
        Assert.All(syncs, sync => Assert.NotEqual(dead[1], Keys(sync)[1]));
    }

    [Fact]
    public async Task A_session_is_resumed_nowhere_but_where_it_was_made()
    {
        await using LiveServer server = LiveServer.Start();
        await using LiveServer other = LiveServer.Start();
        await server.SaveSessionAsync();

        WeChatException error = await server.RefusedAsync(server.Options with { Endpoint = other.Emulator.Endpoint });

        Assert.Equal(WeChatErrorReason.EndpointMismatch, error.Reason);
        Assert.Empty(other.Emulator.Requests.Get());
        Assert.Empty(server.Emulator.Requests.Get());
    }

    [Fact]
    public async Task A_damaged_session_is_set_aside_and_warned_of()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        byte[] damaged = [.. (await File.ReadAllBytesAsync(server.SessionFile)).Take(100)];
        await File.WriteAllBytesAsync(server.SessionFile, damaged);

        WeChatSession session = await server.ConnectAsync();

        SessionNotice notice = Assert.Single(session.TakeNotices(withTrace: true));
        Assert.Equal(NoticeLevel.Warning, notice.Level);
        string aside = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(server.SessionFile)!, "session.json.damaged-*"));
        Assert.Contains(aside, notice.Text);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(aside));
    }

    [Fact]
    public async Task Who_cannot_log_in_again_hears_that_the_saved_session_was_damaged()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        await File.WriteAllTextAsync(server.SessionFile, "{}");

        WeChatException error = await server.RefusedAsync(server.Options with { NonInteractive = true });

        Assert.Equal(WeChatErrorReason.LoginRequired, error.Reason);
        Assert.Contains("damaged", error.Message);
    }

    [Fact]
    public async Task A_session_that_somebody_else_holds_is_in_use()
    {
        await using LiveServer server = LiveServer.Start();
        using SessionFolder held = new SessionStore(server.Store).Open(server.Name);

        WeChatException error = await server.RefusedAsync(server.Options);

        Assert.Equal(WeChatErrorReason.SessionInUse, error.Reason);
        Assert.Contains(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message);
        Assert.Empty(server.Emulator.Requests.Get());
    }

    [Fact]
    public async Task A_live_session_is_given_to_whoever_connects_again()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();

        Assert.Same(session, await server.ConnectAsync());
        Assert.Equal(1, server.Asked("webwxinit"));
    }

    [Fact]
    public async Task Two_that_connect_the_same_session_at_once_do_not_disturb_each_other()
    {
        await using LiveServer server = LiveServer.StartWithoutPhone();
        Task<WeChatSession> first = server.ConnectAsync();
        await Eventually.UntilAsync(() => server.Asked("login") == 1, "the first waits for the phone");

        Assert.Equal(WeChatErrorReason.SessionInUse, (await server.RefusedAsync(server.Options)).Reason);

        server.Emulator.Phone.Confirm();
        Assert.Equal(SessionState.Online, (await first).State);
    }

    [Fact]
    public async Task An_ended_session_is_followed_by_a_new_one_of_the_same_name()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession first = await server.ConnectAsync();
        server.Emulator.Kick();
        await Assert.ThrowsAsync<WeChatException>(() => first.SendAsync(first.Contacts.Resolve("张三").Contact!, MessageBody.Text("?"), new SendOptions(), default));

        WeChatSession second = await server.ConnectAsync();

        Assert.NotSame(first, second);
        Assert.Equal(SessionState.LoggedOut, first.State);
        Assert.Equal(SessionState.Online, second.State);
    }

    [Fact]
    public async Task An_exported_session_is_resumed_elsewhere_under_another_name()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        using System.Security.SecureString exported = server.Saved().ToSecureString();
        var watch = new LoginWatch();

        WeChatSession session = await server.ConnectAsync(
            server.Options with { Name = "elsewhere", SavedSession = exported, NonInteractive = true }, watch);

        Assert.Equal(["Resuming"], watch.Steps);
        Assert.Equal("elsewhere", session.Name);
        session.Dispose();
        Assert.Equal("elsewhere", server.Saved("elsewhere").Name);
        Assert.Equal(SessionState.Online, (await server.ConnectAsync(server.Options with { Name = "elsewhere", NonInteractive = true })).State);
    }

    [Fact]
    public async Task A_logout_ends_the_session_at_the_server_and_deletes_what_was_saved()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();

        await session.DisconnectAsync(logout: true, default);

        Assert.Equal(SessionState.LoggedOut, session.State);
        Assert.Equal(1101, Assert.Single(server.Emulator.Sessions).EndCode);
        Assert.False(File.Exists(server.SessionFile));
        await Assert.ThrowsAsync<WeChatException>(() => session.GetContactsAsync(refresh: true, default));
        session.Dispose();
        Assert.False(File.Exists(server.SessionFile));
    }

    [Fact]
    public async Task A_logout_without_a_network_gives_the_session_up_all_the_same()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        server.Emulator.Pause();

        await session.DisconnectAsync(logout: true, default);

        Assert.Equal(SessionState.LoggedOut, session.State);
        Assert.False(File.Exists(server.SessionFile));
    }

    private static Dictionary<int, long> Keys(LoggedRequest sync)
    {
        using JsonDocument body = JsonDocument.Parse(sync.Body);
        return body.RootElement.GetProperty("SyncKey").GetProperty("List").EnumerateArray()
            .ToDictionary(key => key.GetProperty("Key").GetInt32(), key => key.GetProperty("Val").GetInt64());
    }

    private sealed class NoNames : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("no names", new SocketException((int)SocketError.HostNotFound));
    }
}
