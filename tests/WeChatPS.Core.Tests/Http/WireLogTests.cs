using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Sessions;
using WeChatPS.Http;
using Xunit;

namespace WeChatPS.Core.Tests.Http;

public sealed class WireLogTests : IDisposable
{
    private const string Secret = "S3cr3tV4lue";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notices = [];
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _limit.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_request_is_one_line_of_json()
    {
        using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody");
        using (WeChatHttp http = Http(_folder["wire.log"]))
        {
            await http.SendAsync(Request(server.Uri), _limit.Token);
            server.Dispose();
            await Assert.ThrowsAsync<WireException>(() => http.SendAsync(Request(new Uri("http://127.0.0.1:1/")), _limit.Token));
        }

        JsonElement[] lines = Lines();
        Assert.Equal(2, lines.Length);
        Assert.Equal(
            ["time", "endpoint", "method", "host", "path", "query", "sent", "status", "received", "ms"],
            lines[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("webwxsync", lines[0].GetProperty("endpoint").GetString());
        Assert.Equal("POST", lines[0].GetProperty("method").GetString());
        Assert.Equal(server.Uri.Authority, lines[0].GetProperty("host").GetString());
        Assert.Equal("/cgi-bin/webwxsync", lines[0].GetProperty("path").GetString());
        Assert.Equal("?sid=***&lang=zh_CN", lines[0].GetProperty("query").GetString());
        Assert.Equal((200, 4), (lines[0].GetProperty("status").GetInt32(), lines[0].GetProperty("received").GetInt32()));
        Assert.Equal("NoConnection", lines[1].GetProperty("failure").GetString());
        Assert.Empty(_notices);
    }

    [Fact]
    public async Task Bodies_are_there_on_demand_without_secrets_and_without_pictures()
    {
        int turn = 0;
        using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                string body = turn++ == 0 ? $"{{\"SKey\":\"{Secret}\",\"Text\":\"hi\"}}" : "\u0089PNG\0\0";
                await connection.SendAsync($"HTTP/1.1 200 OK\r\nSet-Cookie: wxsid={Secret}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            }
        });
        using (WeChatHttp http = Http(_folder["wire.log"], withBodies: true))
        {
            await http.SendAsync(Request(server.Uri), _limit.Token);
            await http.SendAsync(Request(server.Uri), _limit.Token);
        }

        JsonElement[] lines = Lines();
        Assert.Equal("{\"Skey\":\"***\",\"张\":1}", lines[0].GetProperty("requestBody").GetString());
        Assert.Equal("{\"SKey\":\"***\",\"Text\":\"hi\"}", lines[0].GetProperty("replyBody").GetString());
        Assert.Equal("(6 bytes of data)", lines[1].GetProperty("replyBody").GetString());
        Assert.DoesNotContain(Secret, File.ReadAllText(_folder["wire.log"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_rearrange_a_terminals_line_is_escaped_and_not_lost()
    {
        const string Evil = "\u001b[31m\u202e\u2066\u009b\u200f";
        byte[] body = System.Text.Encoding.UTF8.GetBytes(Evil);
        using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n");
            await connection.SendAsync(body);
        });
        using (WeChatHttp http = Http(_folder["wire.log"], withBodies: true))
            await http.SendAsync(Request(server.Uri), _limit.Token);

        Assert.Equal(Evil, Lines()[0].GetProperty("replyBody").GetString());
        Assert.DoesNotContain(File.ReadAllText(_folder["wire.log"]).TrimEnd('\n'), c => char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format);
    }

    [Fact]
    public async Task A_body_cut_in_the_middle_of_a_secret_shows_none_of_it()
    {
        string body = $"{{\"x\":\"{new string('x', WireLog.BodyLimit - 20)}\",\"Skey\":\"{Secret}\"}}";
        using var server = RawServer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        using (WeChatHttp http = Http(_folder["wire.log"], withBodies: true))
            await http.SendAsync(Request(server.Uri), _limit.Token);

        string logged = Lines()[0].GetProperty("replyBody").GetString()!;
        Assert.DoesNotContain(Secret[..2], logged, StringComparison.Ordinal);
        Assert.EndsWith($"… ({body.Length} bytes in all)", logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_side_by_side_keep_their_lines_apart()
    {
        using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using (WeChatHttp http = Http(_folder["wire.log"]))
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => http.SendAsync(Request(server.Uri), _limit.Token)));

        Assert.Equal(20, Lines().Length);
    }

    [Fact]
    public async Task Two_sessions_and_an_earlier_one_share_a_log()
    {
        using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using (WeChatHttp earlier = Http(_folder["wire.log"]))
            await earlier.SendAsync(Request(server.Uri), _limit.Token);
        using (WeChatHttp one = Http(_folder["wire.log"]), other = Http(_folder["wire.log"]))
        {
            await one.SendAsync(Request(server.Uri), _limit.Token);
            await other.SendAsync(Request(server.Uri), _limit.Token);
            await one.SendAsync(Request(server.Uri), _limit.Token);
        }

        Assert.Equal(4, Lines().Length);
    }

    [Fact]
    public void Sessions_that_write_to_one_log_at_once_lose_no_line()
    {
        Parallel.For(0, 4, _ => WriteLines(_folder["wire.log"], 500));

        Assert.Equal(4 * 500, Lines().Length);
    }

    [Fact]
    public async Task Processes_that_write_to_one_log_at_once_lose_no_line()
    {
        using SecondProcess one = await SecondProcess.Logging(_folder["wire.log"], 2000);
        using SecondProcess other = await SecondProcess.Logging(_folder["wire.log"], 2000);
        WriteLines(_folder["wire.log"], 2000);
        await one.EndsAsync(_limit.Token);
        await other.EndsAsync(_limit.Token);

        Assert.Equal(3 * 2000, Lines().Length);
    }

    [Fact]
    public void Whatever_a_log_cannot_write_ends_the_log_and_nothing_else()
    {
        using var log = new WireLog("\0", withBodies: false, _notices.Add);

        log.Write(new WireExchange(Request(new Uri("http://127.0.0.1:1/")), TimeProvider.System));

        Assert.Single(_notices);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_log_is_its_owners_alone()
    {
        using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using (WeChatHttp http = Http(_folder["wire.log"]))
            await http.SendAsync(Request(server.Uri), _limit.Token);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["wire.log"]));
    }

    [Fact]
    public async Task A_log_that_cannot_be_opened_is_one_notice_and_no_more()
    {
        using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using WeChatHttp http = Http(Path.Combine(_folder["missing"], "wire.log"));

        for (int i = 0; i < 3; i++)
            Assert.Equal(200, (await http.SendAsync(Request(server.Uri), _limit.Token)).Status);

        Assert.Contains("missing", Assert.Single(_notices), StringComparison.Ordinal);
    }

    [UnixFact("/dev/full")]
    public async Task A_full_disk_ends_the_log_and_nothing_else()
    {
        using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using WeChatHttp http = Http("/dev/full");

        for (int i = 0; i < 3; i++)
            Assert.Equal(200, (await http.SendAsync(Request(server.Uri), _limit.Token)).Status);

        Assert.Single(_notices);
    }

    /// <summary>What a session with this log writes for so many requests.</summary>
    internal static void WriteLines(string path, int count)
    {
        using var log = new WireLog(path, withBodies: false, _ => { });
        WireExchange exchange = new WireExchange(Request(new Uri("http://127.0.0.1:1/")), TimeProvider.System).Ended(new WireReply(200, default));
        for (int i = 0; i < count; i++)
            log.Write(exchange);
    }

    private WeChatHttp Http(string path, bool withBodies = false) =>
        new(new HttpSettings { NoProxy = true }, new CookieJar(), TimeProvider.System, new WireLog(path, withBodies, _notices.Add));

    private static WireRequest Request(Uri server) =>
        new("webwxsync", HttpMethod.Post, new Uri(server, $"cgi-bin/webwxsync?sid={Secret}&lang=zh_CN"))
        {
            Body = Encoding.UTF8.GetBytes($"{{\"Skey\":\"{Secret}\",\"张\":1}}"),
        };

    private JsonElement[] Lines() =>
        [.. File.ReadAllLines(_folder["wire.log"]).Select(line => JsonDocument.Parse(line).RootElement)];
}
