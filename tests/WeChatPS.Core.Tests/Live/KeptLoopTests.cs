using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>A loop that nobody watches may end by what nobody foresaw, but never in silence and never for good.</summary>
public sealed class KeptLoopTests
{
    [Fact]
    public async Task A_kept_session_tells_what_went_wrong_and_goes_on()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        var network = new Breaking();
        WeChatSession session = await server.ConnectDrainedAsync(
            server.Options with { Time = time, KeepAlive = true, Http = new HttpSettings { Handler = () => new Handler(network) } });
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the session polls");

        network.Breaks = true;
        server.Emulator.Deliver("张三", "hello");
        await Eventually.UntilAsync(() => session.State == SessionState.Degraded, "the error is told");
        Assert.NotNull(session.LastError);
        network.Breaks = false;
        await time.DriveAsync(Eventually.UntilAsync(() => session.PendingCount == 1, "the message came"));

        Assert.Equal(SessionState.Online, session.State);
        IReadOnlyList<SessionNotice> notices = session.TakeNotices(withTrace: false);
        Assert.Single(notices, notice => notice.Level == NoticeLevel.Warning);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task What_ends_the_loop_of_a_receiver_is_his_error_and_the_last_one(Type what)
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        var failure = (Exception)Activator.CreateInstance(what, "nobody foresaw this")!;

        WeChatException error = await Assert.ThrowsAsync<WeChatException>(() => session.EndingAsync(Task.FromException(failure), CancellationToken.None));

        Assert.Contains("nobody foresaw this", error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message, session.LastError);
        Assert.Empty(session.TakeNotices(withTrace: false));
        using MessageStream next = session.OpenStream(Streams.Texts);
        server.Emulator.Deliver("张三", "hello");
        Assert.Equal("hello", (await next.TakeAsync()).Text);
    }

    [Fact]
    public async Task A_receiver_of_a_kept_session_leaves_nothing_behind()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync(server.Options with { KeepAlive = true });
        WeakReference keeping = Keeping(session);

        session.OpenStream(Streams.Texts).Dispose();

        await Eventually.UntilAsync(
            () =>
            {
                GC.Collect();
                return !keeping.IsAlive;
            },
            "the stop of the loop that the receiver interrupted is collected");
    }

    [Fact]
    public async Task A_kept_session_that_is_closed_polls_no_more()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync(server.Options with { KeepAlive = true });
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the session polls");

        session.Dispose();

        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 0, "the poll has ended");
        Assert.Empty(session.TakeNotices(withTrace: false));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Keeping(WeChatSession session) =>
        new(typeof(WeChatSession).GetField("_keeping", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(session)!);

    private sealed class Breaking
    {
        public bool Breaks { get; set; }
    }

    private sealed class Handler(Breaking network) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            network.Breaks ? throw new InvalidOperationException("Decoder ran into invalid data.") : base.SendAsync(request, cancellationToken);
    }
}
