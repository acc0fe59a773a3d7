using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Media;
using WeChatPS.Core.Tests.Sync;
using WeChatPS.Http;
using WeChatPS.Media;
using WeChatPS.Sync;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

[Collection(nameof(Alone))]
public sealed class UploadMemoryTests
{
    [Theory]
    [InlineData("a file")]
    [InlineData("a stream")]
    [InlineData("a stream that cannot seek")]
    public async Task Fifty_megabytes_go_up_and_all_in_all_less_than_five_are_allocated(string what)
    {
        using var files = new SampleFiles();
        string small = files.Write("small.bin", new byte[1000]), large = files.Write("large.bin", [1]);
        using (FileStream file = File.OpenWrite(large)) file.SetLength(50 * 1024 * 1024);
        var server = new Swallow();
        var cookies = new CookieJar();
        var endpoints = WebEndpoints.Single(new Uri("http://localhost"));
        cookies.Apply(endpoints.Api, ["webwx_data_ticket=t; Path=/"], DateTimeOffset.UtcNow);
        using var http = new WeChatHttp(new HttpSettings { Handler = () => server }, cookies, TimeProvider.System);
        var connection = new WebConnection(http, cookies, endpoints, new WebCredentials(1, "s", "k", "p", "e1"), TimeProvider.System);
        var uploads = new WebUploads(connection, new SendPause(TimeProvider.System, () => 0), new RequestBudget(TimeProvider.System), TimeProvider.System, () => 0);
        await UploadAsync(small);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        await UploadAsync(large);

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 5 * 1024 * 1024);
        Assert.True(server.Swallowed > 50 * 1024 * 1024);

        async Task UploadAsync(string path)
        {
            using FileStream content = File.OpenRead(path);
            using OutgoingFile file = what switch
            {
                "a file" => OutgoingFile.Open(path, WeChatFileKind.File),
                "a stream" => await OfContentAsync(content),
                _ => await OfContentAsync(new OneWayStream(content)),
            };
            await uploads.UploadAsync(file, "@me", "@you", new SendOptions(), default);
        }
    }

    private static Task<OutgoingFile> OfContentAsync(Stream content) =>
        OutgoingFile.OfContentAsync(content, "a.bin", WeChatFileKind.File, DateTimeOffset.UnixEpoch, default);

    /// <summary>Takes whatever comes and keeps nothing.</summary>
    private sealed class Swallow : HttpMessageHandler
    {
        private static readonly byte[] s_reply = """{"BaseResponse":{"Ret":0,"ErrMsg":""},"MediaId":"","AESKey":"a","Signature":"s"}"""u8.ToArray();
        private static readonly byte[] s_kept = """{"BaseResponse":{"Ret":0,"ErrMsg":""},"MediaId":"@crypt_1","StartPos":1}"""u8.ToArray();

        public long Swallowed { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            Swallowed += request.Content.Headers.ContentLength ?? 0;
            bool isPiece = request.RequestUri!.AbsolutePath.EndsWith("webwxuploadmedia", StringComparison.Ordinal);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(isPiece ? s_kept : s_reply) };
        }
    }
}
