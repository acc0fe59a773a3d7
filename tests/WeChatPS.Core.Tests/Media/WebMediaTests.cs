using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Core.Tests.Http;
using WeChatPS.Http;
using WeChatPS.Media;
using WeChatPS.Web;
using Xunit;
using RawRequest = WeChatPS.Core.Tests.Http.RawRequest;

namespace WeChatPS.Core.Tests.Media;

/// <summary>Downloads from a server that misbehaves byte by byte.</summary>
public sealed class WebMediaTests : IDisposable
{
    private static readonly byte[] s_picture = [0xFF, 0xD8, 0xFF, 0xE0, .. Enumerable.Range(0, 20_000).Select(i => (byte)i)];

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private readonly MemoryStream _target = new();

    public void Dispose()
    {
        _limit.Dispose();
        _target.Dispose();
    }

    [Fact]
    public async Task A_broken_connection_is_gone_on_with_where_it_broke()
    {
        using var server = new RawServer(async connection =>
        {
            RawRequest request = (await connection.ReadRequestAsync())!;
            int from = From(request);
            await connection.SendAsync(from == 0
                ? $"HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: {s_picture.Length}\r\n\r\n"
                : $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{s_picture.Length - 1}/{s_picture.Length}\r\nContent-Length: {s_picture.Length - from}\r\n\r\n");
            await connection.SendAsync(s_picture[from..Math.Min(from + 6000, s_picture.Length)]);
        });

        MediaFormat format = await FetchAsync(server, MediaClass.Image);

        Assert.Equal("jpg", format.Extension);
        Assert.Equal(s_picture, _target.ToArray());
        Assert.Equal(["", "bytes=6000-", "bytes=12000-", "bytes=18000-"], server.Requests.Select(r => r.Header("Range").SingleOrDefault() ?? ""));
        Assert.Equal(["", "\"v1\"", "\"v1\"", "\"v1\""], server.Requests.Select(r => r.Header("If-Range").SingleOrDefault() ?? ""));
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_is_read_from_the_beginning_again()
    {
        int calls = 0;
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {s_picture.Length}\r\n\r\n");
            await connection.SendAsync(Interlocked.Increment(ref calls) == 1 ? s_picture[..9000] : s_picture);
        });

        await FetchAsync(server, MediaClass.Image);

        Assert.Equal(s_picture, _target.ToArray());
    }

    [Theory]
    [InlineData("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-6/20004\r\nContent-Length: 2\r\n\r\nxx")]
    [InlineData("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 9000-9001/7\r\nContent-Length: 2\r\n\r\nxx")]
    public async Task A_rest_that_does_not_fit_is_dropped_and_all_is_fetched_anew(string odd)
    {
        using var server = new RawServer(async connection =>
        {
            RawRequest request = (await connection.ReadRequestAsync())!;
            if (From(request) > 0)
            {
                await connection.SendAsync(odd);
                return;
            }

            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {s_picture.Length}\r\n\r\n");
            await connection.SendAsync(connection.Number == 1 ? s_picture[..9000] : s_picture);
        });

        await FetchAsync(server, MediaClass.Image);

        Assert.Equal(s_picture, _target.ToArray());
    }

    [Fact]
    public async Task A_server_that_gives_one_part_at_a_time_gives_the_whole_in_the_end()
    {
        using var server = new RawServer(async connection =>
        {
            int from = From((await connection.ReadRequestAsync())!);
            byte[] part = s_picture[from..Math.Min(from + 7000, s_picture.Length)];
            await connection.SendAsync(
                $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{from + part.Length - 1}/{s_picture.Length}\r\nContent-Length: {part.Length}\r\n\r\n");
            await connection.SendAsync(part);
        });

        await FetchAsync(server, MediaClass.Image, needsRange: true);

        Assert.Equal(s_picture, _target.ToArray());
        Assert.Equal("bytes=0-", server.Requests.First().Header("Range").Single());
    }

    [Fact]
    public async Task A_connection_that_always_breaks_at_the_same_place_is_given_up()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {s_picture.Length}\r\n\r\n");
            await connection.SendAsync(s_picture[..100]);
        });

        Assert.Equal(WeChatErrorReason.Unreachable, (await FailsAsync(server, MediaClass.Image)).Reason);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData("text/html", "<html><body>502</body></html>")]
    [InlineData("image/jpeg", "  <!DOCTYPE html><html>")]
    [InlineData("application/octet-stream", "<?xml version=\"1.0\"?><error/>")]
    [InlineData("text/plain", "not a picture")]
    [InlineData("audio/mp3", "ID3 a song")]
    public async Task What_is_no_picture_is_not_taken_for_one(string type, string body)
    {
        using RawServer server = Answering(type, body);

        Assert.Equal(WeChatErrorReason.ProtocolError, (await FailsAsync(server, MediaClass.Image)).Reason);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Unknown_bytes_are_what_their_type_says()
    {
        using RawServer server = Answering("image/heic", "\0\0\0 pretend");

        Assert.Equal("heic", (await FetchAsync(server, MediaClass.Image)).Extension);
    }

    [Theory]
    [InlineData("{\"BaseResponse\":{\"Ret\":1205,\"ErrMsg\":\"\"}}", "Throttled")]
    [InlineData("{\n\"BaseResponse\": {\n\"Ret\": -1,\n\"ErrMsg\": \"\"\n}\n}", "Refused")]
    public async Task A_refusal_is_told_with_its_code(string body, string reason)
    {
        using RawServer server = Answering("text/plain", body);

        Assert.Equal(reason, (await FailsAsync(server, MediaClass.Any)).Reason.ToString());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno!")]
    public async Task Nothing_is_what_the_web_does_not_offer(string reply)
    {
        using RawServer server = RawServer.Answering(reply);

        Assert.Equal(WeChatErrorReason.MediaUnavailable, (await FailsAsync(server, MediaClass.Image)).Reason);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Where_it_may_come_late_nothing_is_asked_for_again()
    {
        int calls = 0;
        using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                bool isThere = Interlocked.Increment(ref calls) > 2;
                await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {(isThere ? s_picture.Length : 0)}\r\n\r\n");
                await connection.SendAsync(isThere ? s_picture : []);
            }
        });

        await FetchAsync(server, MediaClass.Image, mayComeLate: true);

        Assert.Equal(s_picture, _target.ToArray());
    }

    [Fact]
    public async Task A_file_has_the_size_that_was_announced()
    {
        using RawServer server = Answering("application/octet-stream", "12345");

        Assert.Equal(WeChatErrorReason.ProtocolError, (await FailsAsync(server, MediaClass.Any, size: 6)).Reason);
        await FetchAsync(server, MediaClass.Any, size: 5);
    }

    [Fact]
    public async Task A_page_that_somebody_sent_as_a_file_is_a_file()
    {
        using RawServer server = Answering("text/html", "<html></html>");

        await FetchAsync(server, MediaClass.Any, size: 13);

        Assert.Equal("<html></html>", Encoding.UTF8.GetString(_target.ToArray()));
    }

    [Fact]
    public async Task A_body_whose_end_nobody_can_tell_is_not_trusted()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            await connection.SendAsync(s_picture);
        });

        Assert.Equal(WeChatErrorReason.ProtocolError, (await FailsAsync(server, MediaClass.Image)).Reason);
    }

    [Fact]
    public async Task A_body_in_chunks_is_whole_when_its_last_one_came()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{s_picture.Length:x}\r\n");
            await connection.SendAsync(s_picture);
            await connection.SendAsync("\r\n0\r\n\r\n");
        });

        await FetchAsync(server, MediaClass.Image);

        Assert.Equal(s_picture, _target.ToArray());
    }

    [Fact]
    public async Task A_silent_server_is_given_up_and_a_slow_one_is_not()
    {
        var time = new FakeTimeProvider();
        using var next = new SemaphoreSlim(0);
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {s_picture.Length}\r\n\r\n");
            await connection.SendAsync(s_picture[..10]);
            await next.WaitAsync(_limit.Token);
            await connection.SendAsync(s_picture[10..20]);
            await connection.HangAsync();
        });
        using var http = new WeChatHttp(new HttpSettings { NoProxy = true }, new CookieJar(), time);
        WantedMedia wanted = Wanted(server, MediaClass.Image);
        using WireDownload download = await http.OpenAsync(MediaRequests.Get(wanted, 0, null), _limit.Token);
        byte[] buffer = new byte[10];
        Assert.Equal(10, await download.ReadAsync(buffer));

        Task<int> slow = download.ReadAsync(buffer);
        time.Advance(TimeSpan.FromSeconds(29));
        next.Release();
        Assert.Equal(10, await slow);
        Task<int> silent = download.ReadAsync(buffer);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(silent.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));

        WireException failure = await Assert.ThrowsAsync<WireException>(() => silent);
        Assert.Equal(WireFailure.Deadline, failure.Failure);
        Assert.Matches(@"^webwxgetmsgimg: 127\.0\.0\.1:\d+ sent nothing for 30 s\.$", failure.Message);
    }

    [Fact]
    public async Task Progress_says_how_much_of_how_much_is_there()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {s_picture.Length}\r\n\r\n");
            await connection.SendAsync(s_picture);
        });
        var seen = new Reports();

        await FetchAsync(server, MediaClass.Image, progress: seen);

        Assert.NotEmpty(seen.All);
        Assert.Equal(seen.All.OrderBy(one => one.Done), seen.All);
        Assert.All(seen.All, one => Assert.Equal(s_picture.Length, one.Total));
        Assert.InRange(seen.All[^1].Done, 1, s_picture.Length);
    }

    [Fact]
    public async Task Cancelling_ends_a_transfer_at_once()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
            await connection.HangAsync();
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token);
        Task<MediaFormat> fetching = FetchAsync(server, MediaClass.Any, cancellationToken: stop.Token);
        await Live.Eventually.UntilAsync(() => _target.Length == 3, "the beginning is there");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
    }

    private static int From(RawRequest request) => request.Header("Range").SingleOrDefault() is { } range
        ? int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture)
        : 0;

    private static RawServer Answering(string type, string body) =>
        RawServer.Answering($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private static WantedMedia Wanted(RawServer server, MediaClass type) =>
        new("webwxgetmsgimg", new Uri(server.Uri, "cgi-bin/mmwebwx-bin/webwxgetmsgimg"), type, "the picture from 张三");

    private async Task<WeChatException> FailsAsync(RawServer server, MediaClass type, long size = 0) =>
        await Assert.ThrowsAsync<WeChatException>(() => FetchAsync(server, type, size));

    private async Task<MediaFormat> FetchAsync(
        RawServer server, MediaClass type, long size = 0, bool needsRange = false, bool mayComeLate = false,
        IProgress<MediaProgress>? progress = null, CancellationToken? cancellationToken = null)
    {
        var time = new HurriedTime();
        var cookies = new CookieJar();
        using var http = new WeChatHttp(new HttpSettings { NoProxy = true }, cookies, time);
        var credentials = new WebCredentials(1, "sid", "@crypt_1", "ticket", "e1");
        var connection = new WebConnection(http, cookies, WebEndpoints.ForLogin(new Uri(server.Uri.GetLeftPart(UriPartial.Authority))), credentials, time);
        WantedMedia wanted = Wanted(server, type) with { Size = size, NeedsRange = needsRange, MayComeLate = mayComeLate };
        return await new WebMedia(connection, time, () => 0).FetchAsync(wanted, _target, progress, cancellationToken ?? _limit.Token);
    }

    private sealed class Reports : IProgress<MediaProgress>
    {
        public List<MediaProgress> All { get; } = [];

        public void Report(MediaProgress value) => All.Add(value);
    }
}
