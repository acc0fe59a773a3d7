using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Http;
using Xunit;

namespace WeChatPS.Core.Tests.Http;

/// <summary>Bodies that keep coming are waited for; bodies that only pretend to are not. The clock moves with each piece.</summary>
public sealed class SlowLineTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_fetch_of_150_kilobytes_at_7_kilobytes_a_second_arrives()
    {
        WireReply reply = await SendAsync(pieces: 22, TimeSpan.FromSeconds(1), 7000);

        Assert.Equal(22 * 7000, reply.Body.Length);
    }

    [Fact]
    public async Task A_body_that_pauses_shorter_than_the_deadline_arrives()
    {
        WireReply reply = await SendAsync(pieces: 20, TimeSpan.FromSeconds(14.9), 7000);

        Assert.Equal(20 * 7000, reply.Body.Length);
    }

    [Fact]
    public async Task A_body_that_stops_is_given_up_after_the_deadline()
    {
        DateTimeOffset started = _time.GetUtcNow();
        int pieces = 0;

        WireException failure = await Assert.ThrowsAsync<WireException>(() => SendAsync(() =>
        {
            pieces++;
            _time.Advance(TimeSpan.FromSeconds(pieces < 10 ? 10 : 15));
            return new byte[7000];
        }));

        Assert.Equal(WireFailure.Deadline, failure.Failure);
        Assert.Equal("webwxsync: 127.0.0.1:9 sent nothing for 15 s.", failure.Message);
        Assert.Equal(10, pieces);
        Assert.Equal(TimeSpan.FromSeconds(105), _time.GetUtcNow() - started);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(1, 255)]
    public async Task A_drip_is_given_up_after_a_minute(int seconds, int bytes)
    {
        DateTimeOffset started = _time.GetUtcNow();

        WireException failure = await Assert.ThrowsAsync<WireException>(() => SendAsync(pieces: int.MaxValue, TimeSpan.FromSeconds(seconds), bytes));

        Assert.Equal(WireFailure.Deadline, failure.Failure);
        Assert.Equal("webwxsync: 127.0.0.1:9 sent less than 256 bytes a second for 60 s.", failure.Message);
        Assert.InRange((_time.GetUtcNow() - started).TotalSeconds, 60, 75);
    }

    [Fact]
    public async Task A_line_that_dies_to_a_drip_later_is_given_up_too()
    {
        int pieces = 0;

        WireException failure = await Assert.ThrowsAsync<WireException>(() => SendAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return new byte[++pieces <= 65 ? 7000 : 1];
        }));

        Assert.Equal(WireFailure.Deadline, failure.Failure);
        Assert.InRange(pieces, 120, 190);
    }

    [Fact]
    public async Task A_drip_above_the_floor_that_never_ends_is_given_up_after_minutes()
    {
        DateTimeOffset started = _time.GetUtcNow();

        WireException failure = await Assert.ThrowsAsync<WireException>(() => SendAsync(pieces: int.MaxValue, TimeSpan.FromSeconds(1), 300));

        Assert.Equal("webwxsync: 127.0.0.1:9 did not finish its reply within 300 s.", failure.Message);
        Assert.InRange((_time.GetUtcNow() - started).TotalSeconds, 300, 315);
    }

    [Fact]
    public async Task A_poll_keeps_its_deadline_whatever_comes()
    {
        DateTimeOffset started = _time.GetUtcNow();

        WireException failure = await Assert.ThrowsAsync<WireException>(
            () => SendAsync(pieces: int.MaxValue, TimeSpan.FromSeconds(1), 7000, TimeSpan.FromSeconds(35)));

        Assert.Equal("webwxsync: 127.0.0.1:9 did not answer within 35 s.", failure.Message);
        Assert.Equal(TimeSpan.FromSeconds(35), _time.GetUtcNow() - started);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(100_000)]
    public async Task A_deadline_beyond_every_timer_is_none(int days)
    {
        WireReply reply = await SendAsync(pieces: 1, TimeSpan.Zero, 10, TimeSpan.FromDays(days));

        Assert.Equal(10, reply.Body.Length);
    }

    private Task<WireReply> SendAsync(int pieces, TimeSpan pause, int bytes, TimeSpan? deadline = null)
    {
        int sent = 0;
        return SendAsync(
            () =>
            {
                _time.Advance(pause);
                return new byte[sent++ < pieces ? bytes : 0];
            },
            deadline);
    }

    private async Task<WireReply> SendAsync(Func<byte[]> next, TimeSpan? deadline = null)
    {
        using var handler = new HandedReply(_ => HandedReply.InPieces(next));
        using var http = new WeChatHttp(new HttpSettings { Handler = () => handler }, new CookieJar(), _time);
        return await http.SendAsync(
            new WireRequest("webwxsync", HttpMethod.Post, new Uri("http://127.0.0.1:9/")) { Body = [1], Deadline = deadline }, CancellationToken.None);
    }
}
