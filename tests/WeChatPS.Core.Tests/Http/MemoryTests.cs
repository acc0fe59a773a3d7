using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Sync;
using WeChatPS.Http;
using Xunit;

namespace WeChatPS.Core.Tests.Http;

/// <summary>What a response costs. Nothing here waits, so all of it is allocated by the test's own thread.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryTests
{
    private const int MB = 1024 * 1024;

    [Fact]
    public void A_body_of_announced_length_is_held_once()
    {
        byte[] body = new byte[15 * MB];

        long allocated = Allocated("webwxsync", () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) }, out WireReply? reply);

        Assert.Equal(body.Length, reply!.Body.Length);
        Assert.InRange(allocated, body.Length, body.Length + (4 * MB));
    }

    [Theory]
    [InlineData("webwxgetcontact", 32, 90)]
    [InlineData("webwxbatchgetcontact", 16, 50)]
    [InlineData("webwxsync", 16, 50)]
    [InlineData("webwxinit", 16, 50)]
    [InlineData("webwxnewloginpage", 1, 5)]
    [InlineData("webwxsendmsg", 1, 5)]
    public void A_reply_that_unpacks_without_end_costs_no_more_than_its_kind_may(string endpoint, int limit, int allowed)
    {
        byte[] piece = new byte[64 * 1024];
        long sent = 0;

        long allocated = Allocated(
            endpoint,
            () => HandedReply.InPieces(() =>
            {
                sent += piece.Length;
                return piece;
            }),
            out WireReply? reply);

        Assert.Null(reply);
        Assert.InRange(sent, limit * (long)MB, (limit + 1) * (long)MB);
        Assert.InRange(allocated, 0, allowed * (long)MB);
    }

    [Fact]
    public void An_announced_length_costs_nothing_until_much_of_it_has_come()
    {
        int pieces = 0;

        long allocated = Allocated(
            "webwxsync",
            () =>
            {
                HttpResponseMessage response = HandedReply.InPieces(() => pieces++ == 0 ? new byte[1000] : throw new InvalidOperationException("cut"));
                response.Content.Headers.ContentLength = 15 * MB;
                return response;
            },
            out _);

        Assert.InRange(allocated, 0, MB);
    }

    [Fact]
    public void A_buffer_shrinks_again_after_a_giant()
    {
        var buffer = new ReusableBuffer();
        Assert.Equal(900_000, buffer.AtLeast(900_000).Length);

        for (int reply = 0; reply < 16; reply++)
            buffer.AtLeast(16 * 1024);

        Assert.Equal(16 * 1024, buffer.AtLeast(16 * 1024).Length);
    }

    [Fact]
    public void A_buffer_for_large_replies_stays_large()
    {
        var buffer = new ReusableBuffer();
        byte[] first = buffer.AtLeast(900_000);

        for (int reply = 0; reply < 100; reply++)
        {
            for (int length = 16 * 1024; length < 900_000; length *= 2)
                Assert.Same(first, buffer.AtLeast(length));
        }
    }

    private static long Allocated(string endpoint, Func<HttpResponseMessage> answer, out WireReply? reply)
    {
        using var http = new WeChatHttp(new HttpSettings { Handler = () => new HandedReply(_ => answer()) }, new CookieJar(), TimeProvider.System);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task<WireReply> sending = http.SendAsync(new WireRequest(endpoint, HttpMethod.Post, new Uri("http://127.0.0.1:9/")) { Body = [1] }, CancellationToken.None);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(sending.IsCompleted);
        reply = sending.IsCompletedSuccessfully ? sending.Result : null;
        return allocated;
    }
}
