using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Core.Tests.Sessions;
using WeChatPS.Http;
using Xunit;

namespace WeChatPS.Core.Tests.Http;

/// <summary>Deadlines, cancellation and what becomes of connections, under a clock that the tests move.</summary>
public sealed class DeadlineTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private readonly WeChatHttp _http;

    public DeadlineTests() => _http = new WeChatHttp(new HttpSettings { NoProxy = true }, new CookieJar(), _time);

    public void Dispose()
    {
        _http.Dispose();
        _limit.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive")]
    public async Task The_deadline_covers_the_whole_exchange(string beginning)
    {
        using var server = new HangingServer(beginning);
        Task<WireReply> poll = _http.SendAsync(Poll(server.Uri), _limit.Token);
        await server.Reached(1, _limit.Token);
        _time.Advance(TimeSpan.FromSeconds(34.9));
        Assert.False(poll.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        WireException failure = await Assert.ThrowsAsync<WireException>(() => poll);

        Assert.Equal(WireFailure.Deadline, failure.Failure);
        Assert.False(failure.NeverSent);
        Assert.Equal($"synccheck: 127.0.0.1:{server.Uri.Port} did not answer within 35 s.", failure.Message);
    }

    [Fact]
    public async Task The_common_deadline_holds_where_a_request_names_none()
    {
        using var server = new HangingServer("");
        Task<WireReply> call = _http.SendAsync(new WireRequest("webwxinit", HttpMethod.Get, server.Uri), _limit.Token);
        await server.Reached(1, _limit.Token);

        _time.Advance(TimeSpan.FromSeconds(15.1));

        Assert.Equal(WireFailure.Deadline, (await Assert.ThrowsAsync<WireException>(() => call)).Failure);
    }

    [Fact]
    public async Task No_time_left_is_a_deadline_too()
    {
        using var server = new HangingServer("");
        using var http = new WeChatHttp(new HttpSettings { NoProxy = true }, new CookieJar(), TimeProvider.System);
        var late = new WireRequest("synccheck", HttpMethod.Get, server.Uri) { Deadline = TimeSpan.FromSeconds(-3) };

        Assert.Equal(WireFailure.Deadline, (await Assert.ThrowsAsync<WireException>(() => http.SendAsync(late, _limit.Token))).Failure);
    }

    [Fact]
    public async Task What_the_platform_does_not_send_is_a_failure_in_its_own_words()
    {
        using var http = new WeChatHttp(new HttpSettings { NoProxy = true }, new CookieJar(), _time);

        WireException failure = await Assert.ThrowsAsync<WireException>(
            () => http.SendAsync(new WireRequest("x", HttpMethod.Get, new Uri("gopher://127.0.0.1/")), _limit.Token));

        Assert.StartsWith("x: The exchange with 127.0.0.1:70 failed (NotSupportedException): ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive")]
    public async Task The_callers_cancellation_aborts_at_once(string beginning)
    {
        using var server = new HangingServer(beginning);
        using var cancel = new CancellationTokenSource();
        Task<WireReply> poll = _http.SendAsync(Poll(server.Uri), cancel.Token);
        await server.Reached(1, _limit.Token);

        await cancel.CancelAsync();

        OperationCanceledException thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll.WaitAsync(_limit.Token));
        Assert.Equal(cancel.Token, thrown.CancellationToken);
        await server.Closed(1, _limit.Token);
    }

    [Fact]
    public async Task A_cancelled_caller_sends_nothing()
    {
        using var server = RawServer.Answering(Ok);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _http.SendAsync(Poll(server.Uri), new CancellationToken(canceled: true)));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task After_a_deadline_everything_starts_on_fresh_connections()
    {
        // two idle connections, one of them under the poll that dies: the other one is as dead
        var hold = new TaskCompletionSource();
        using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (request.Line.Contains("hang", StringComparison.Ordinal))
                    await connection.HangAsync();
                if (request.Line.Contains("pair", StringComparison.Ordinal))
                    await hold.Task;
                await connection.SendAsync(Ok);
            }
        });
        Task<WireReply>[] pair = [_http.SendAsync(Poll(server.Uri, "pair"), _limit.Token), _http.SendAsync(Poll(server.Uri, "pair"), _limit.Token)];
        await Until(() => server.Requests.Count == 2);
        hold.SetResult();
        await Task.WhenAll(pair);

        Task<WireReply> dying = _http.SendAsync(Poll(server.Uri, "hang"), _limit.Token);
        await Until(() => server.Requests.Count == 3);
        _time.Advance(TimeSpan.FromSeconds(36));
        await Assert.ThrowsAsync<WireException>(() => dying);
        await _http.SendAsync(Poll(server.Uri), _limit.Token);

        int[] connections = [.. server.Requests.Select(request => request.Connection)];
        Assert.InRange(connections[2], 1, 2);
        Assert.Equal(3, connections[3]);
    }

    [Fact]
    public async Task After_a_cut_the_next_poll_starts_on_a_fresh_connection()
    {
        using var cut = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut");
        });
        using var warm = RawServer.Answering(Ok);
        await _http.SendAsync(Poll(warm.Uri), _limit.Token);

        Assert.Equal(WireFailure.Cut, (await Assert.ThrowsAsync<WireException>(() => _http.SendAsync(Poll(cut.Uri), _limit.Token))).Failure);
        await _http.SendAsync(Poll(warm.Uri), _limit.Token);

        Assert.Equal([1, 2], warm.Requests.Select(request => request.Connection));
    }

    [Fact]
    public async Task After_a_refresh_the_next_request_opens_a_connection_and_what_is_under_way_keeps_its_own()
    {
        var hold = new TaskCompletionSource();
        using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (request.Line.Contains("held", StringComparison.Ordinal))
                    await hold.Task;
                await connection.SendAsync(Ok);
            }
        });
        await _http.SendAsync(Poll(server.Uri), _limit.Token);
        Task<WireReply> held = _http.SendAsync(Poll(server.Uri, "held"), _limit.Token);
        await Until(() => server.Requests.Count == 2);

        _http.Refresh();
        await _http.SendAsync(Poll(server.Uri), _limit.Token);
        hold.SetResult();

        Assert.Equal(200, (await held).Status);
        Assert.Equal([1, 1, 2], server.Requests.Select(request => request.Connection));
    }

    [Fact]
    public void A_refresh_after_the_end_is_nothing()
    {
        _http.Dispose();

        _http.Refresh();
    }

    [UnixFact("/proc/net/tcp")]
    public async Task A_connection_is_probed_within_ten_seconds()
    {
        using var server = RawServer.Answering(Ok);
        await _http.SendAsync(Poll(server.Uri), _limit.Token);

        // local address, remote address, state, queues, timer (02 is the keep-alive) and when it fires, in hundredths of a second
        string remote = $":{server.Uri.Port:X4}";
        string[] client = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadAllLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single(fields => fields[2].EndsWith(remote, StringComparison.Ordinal) && fields[3] == "01");
        string[] timer = client[5].Split(':');

        Assert.Equal("02", timer[0]);
        Assert.InRange(Convert.ToInt32(timer[1], 16), 0, 10 * 100);
    }

    [Fact]
    public async Task What_is_under_way_beside_a_dead_poll_still_ends_well()
    {
        var hold = new TaskCompletionSource();
        using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (request.Line.Contains("hang", StringComparison.Ordinal))
                    await connection.HangAsync();
                await hold.Task;
                await connection.SendAsync(Ok);
            }
        });
        Task<WireReply> send = _http.SendAsync(
            new WireRequest("webwxsendmsg", HttpMethod.Post, server.Uri) { Body = [1], Deadline = TimeSpan.FromMinutes(5) }, _limit.Token);
        Task<WireReply> poll = _http.SendAsync(Poll(server.Uri, "hang"), _limit.Token);
        await Until(() => server.Requests.Count == 2);

        _time.Advance(TimeSpan.FromSeconds(36));
        await Assert.ThrowsAsync<WireException>(() => poll);
        hold.SetResult();

        Assert.Equal(200, (await send).Status);
    }

    [Fact]
    public async Task Time_taken_is_measured_by_the_sessions_clock()
    {
        var hold = new TaskCompletionSource();
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await hold.Task;
            await connection.SendAsync(Ok);
        });
        Task<WireReply> poll = _http.SendAsync(Poll(server.Uri), _limit.Token);
        await Until(() => !server.Requests.IsEmpty);

        _time.Advance(TimeSpan.FromSeconds(25));
        hold.SetResult();

        Assert.Equal(TimeSpan.FromSeconds(25), (await poll).Elapsed);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_made_in_time_was_never_sent()
    {
        using var http = new WeChatHttp(
            new HttpSettings
            {
                Handler = () => new SocketsHttpHandler
                {
                    ConnectTimeout = TimeSpan.FromMilliseconds(50),
                    ConnectCallback = static async (_, cancellation) =>
                    {
                        await Task.Delay(Timeout.Infinite, cancellation);
                        throw new UnreachableException();
                    },
                },
            },
            new CookieJar(), _time);

        WireException failure = await Assert.ThrowsAsync<WireException>(
            () => http.SendAsync(Poll(new Uri("http://127.0.0.1:9/")), _limit.Token));

        Assert.Equal(WireFailure.NoConnection, failure.Failure);
    }

    private static WireRequest Poll(Uri uri, string path = "") =>
        new("synccheck", HttpMethod.Get, new Uri(uri, path)) { Deadline = TimeSpan.FromSeconds(35) };

    private async Task Until(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(5, _limit.Token);
    }

    /// <summary>Begins a reply and never ends it.</summary>
    private sealed class HangingServer : IDisposable
    {
        private readonly ConcurrentDictionary<int, TaskCompletionSource> _reached = new();
        private readonly ConcurrentDictionary<int, TaskCompletionSource> _closed = new();
        private readonly RawServer _server;

        public HangingServer(string beginning) => _server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(beginning);
            At(_reached, connection.Number).SetResult();
            try
            {
                await connection.HangAsync();
            }
            finally
            {
                At(_closed, connection.Number).SetResult();
            }
        });

        public Uri Uri => _server.Uri;

        public Task Reached(int connection, CancellationToken limit) => At(_reached, connection).Task.WaitAsync(limit);

        public Task Closed(int connection, CancellationToken limit) => At(_closed, connection).Task.WaitAsync(limit);

        public void Dispose() => _server.Dispose();

        private static TaskCompletionSource At(ConcurrentDictionary<int, TaskCompletionSource> events, int connection) =>
            events.GetOrAdd(connection, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
