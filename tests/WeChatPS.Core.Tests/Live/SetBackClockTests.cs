using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Sync;
using WeChatPS.Http;
using WeChatPS.Sync;
using WeChatPS.Web;
using Xunit;
using static WeChatPS.Core.Tests.Web.SampleRequests;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Somebody sets the computer's clock back by hours, or a wait is longer than a timer can be: nobody waits for hours.</summary>
public sealed class SetBackClockTests
{
    private static readonly TimeSpan s_hours = TimeSpan.FromHours(8);

    [Theory]
    [InlineData(8 * 60)]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task A_pause_of_sends_lasts_as_long_as_it_was_meant_to(int minutes)
    {
        var time = new VirtualTime();
        var pause = new SendPause(time, () => 0);
        pause.Begin();

        time.SetBack(TimeSpan.FromMinutes(minutes));

        Assert.False(pause.IsOver);
        Assert.Equal(TimeSpan.FromMinutes(1), pause.Until - time.GetUtcNow());
        await pause.WaitAsync(new Patience(new SendOptions(), new RequestBudget(time), time), CancellationToken.None);
        Assert.Equal(TimeSpan.FromMinutes(1), time.Passed);
        Assert.Null(pause.Until);
    }

    [Fact]
    public async Task A_message_waits_no_longer_than_it_may()
    {
        var time = new VirtualTime();
        var patience = new Patience(new SendOptions { Timeout = TimeSpan.FromSeconds(10) }, new RequestBudget(time), time);
        await patience.WaitAsync(TimeSpan.FromSeconds(8), CancellationToken.None);

        time.SetBack(s_hours);

        WeChatException error = await Assert.ThrowsAsync<WeChatException>(() => patience.WaitAsync(TimeSpan.FromSeconds(2.1), CancellationToken.None));
        Assert.Equal(WeChatErrorReason.Throttled, error.Reason);
        Assert.Contains("wait 3 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_without_an_answer_is_repeated_after_fifteen_seconds()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        var clock = new Clock(time);
        var network = new RewrittenReplies();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = clock, Http = network.Http });
        network.Change("webwxsendmsg", _ =>
        {
            clock.SetBack(s_hours);
            network.Restore("webwxsendmsg");
            return "";
        });

        Task<WeChatReceipt> sending = session.SendAsync(session.Contacts.Resolve("张三").Contact!, MessageBody.Text("x"), new SendOptions(), CancellationToken.None);
        long started = time.GetTimestamp();
        await time.DriveAsync(sending);

        Assert.Equal(2, (await sending).Attempts);
        Assert.InRange(time.GetElapsedTime(started), TimeSpan.FromSeconds(14), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Throttled_requests_for_contacts_are_made_again_after_half_an_hour()
    {
        var time = new VirtualTime();
        var server = new Throttling();
        var cookies = new CookieJar();
        using var http = new WeChatHttp(new HttpSettings { Handler = () => server }, cookies, TimeProvider.System);
        var connection = new WebConnection(http, cookies, Endpoints, Credentials, time);
        var contacts = new WebContacts(connection, new ContactBook(), time, () => 0, _ => { });
        await Assert.ThrowsAsync<WeChatException>(() => contacts.LoadDetailsAsync(["@1"], default));
        Assert.False(contacts.HasRoom);

        time.SetBack(s_hours);
        time.Advance(TimeSpan.FromMinutes(31));
        await Assert.ThrowsAsync<WeChatException>(() => contacts.LoadDetailsAsync(["@1"], default));

        Assert.Equal(2, server.Asked);
    }

    [Fact]
    public async Task A_stream_ends_when_its_time_is_up()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        var clock = new Clock(time);
        WeChatSession session = await server.ConnectDrainedAsync(server.Options with { Time = clock });
        using MessageStream stream = session.OpenStream(Streams.Texts with { Timeout = TimeSpan.FromSeconds(5) });
        Task<StreamEntry> next = stream.EntryAsync();
        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 1, "the stream waits");

        clock.SetBack(s_hours);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.True((await next).IsEnd);
    }

    [Fact]
    public async Task A_stream_may_last_longer_than_any_timer()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectDrainedAsync();
        using MessageStream stream = session.OpenStream(Streams.Texts with { Timeout = TimeSpan.FromDays(365), OfflineTimeout = TimeSpan.FromDays(365) });
        Task<WeChatMessage> next = stream.TakeAsync();

        server.Emulator.Deliver("张三", "hello");

        Assert.Equal("hello", (await next).Text);
    }

    /// <summary>The day's clock, which somebody sets back; elapsed time and timers are none the wiser.</summary>
    private sealed class Clock(TimeProvider time) : TimeProvider
    {
        private TimeSpan _setBack;

        public override long TimestampFrequency => time.TimestampFrequency;

        public void SetBack(TimeSpan by) => _setBack += by;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() - _setBack;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class Throttling : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"BaseResponse":{"Ret":1205,"ErrMsg":""}}"""),
            });
        }
    }
}
