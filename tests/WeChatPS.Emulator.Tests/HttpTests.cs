using System;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class HttpTests
{
    [Fact]
    public async Task A_connection_serves_one_request_after_another_even_when_they_come_together()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using RawConnection raw = await RawConnection.OpenAsync(emulator);

        await raw.WriteAsync("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        string both = await raw.ReadToEndAsync();

        Assert.Equal(3, both.Split("HTTP/1.1 404 Not Found\r\n").Length);
        Assert.Contains("Connection: keep-alive\r\n", both);
        Assert.Contains("Connection: close\r\n", both);
    }

    [Fact]
    public async Task A_request_may_come_in_small_pieces_and_its_body_in_chunks()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using RawConnection raw = await RawConnection.OpenAsync(emulator);
        string request = "POST /emulator/message HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            + "10\r\n{\"from\":\"filehel\r\n12;x=y\r\nper\",\"text\":\"hi\"} \r\n0\r\n\r\n";
        foreach (char c in request)
        {
            await raw.WriteAsync(c.ToString());
        }

        Assert.Contains("\"msgId\"", await raw.ReadToEndAsync());
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", "400")]
    [InlineData("GET / HTTP/2\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", "413")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400")]
    public async Task What_is_not_HTTP_is_refused_and_the_connection_ends(string request, string status)
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using RawConnection raw = await RawConnection.OpenAsync(emulator);
        await raw.WriteAsync(request);

        Assert.StartsWith($"HTTP/1.1 {status} ", await raw.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_head_is_refused()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using RawConnection raw = await RawConnection.OpenAsync(emulator);
        await raw.WriteAsync("GET / HTTP/1.1\r\nX: " + new string('x', 70_000));

        Assert.StartsWith("HTTP/1.1 431 ", await raw.ReadUntilAsync("\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_replies_are_compressed_for_clients_that_ask_when_the_option_is_on()
    {
        await using WeChatEmulator emulator = WeChatEmulator.Start(new EmulatorOptions
        {
            Compress = true, ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero,
        });
        using WebClient client = await WebClient.LogInAsync(emulator);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{WebClient.P}webwxgetcontact?seq=0&skey={Uri.EscapeDataString(client.SKey)}");
        request.Headers.Add("Accept-Encoding", "gzip, deflate");

        using HttpResponseMessage response = await client.SendAsync(request);

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var plain = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new System.IO.StreamReader(plain, Encoding.UTF8);
        Assert.Contains("张三", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_client_that_waits_for_100_continue_gets_it()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using RawConnection raw = await RawConnection.OpenAsync(emulator);
        await raw.WriteAsync("POST /emulator/kick HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 100 Continue\r\n\r\n", await raw.ReadUntilAsync("\r\n\r\n"), StringComparison.Ordinal);
        await raw.WriteAsync("{}");
        Assert.Contains("{\"ended\":0}", await raw.ReadUntilAsync("}"));
    }

    [Fact]
    public async Task It_cannot_be_reached_from_another_machine()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        IPAddress[] outside =
        [
            .. NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses)
                .Select(address => address.Address)
                .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)),
        ];

        Assert.Equal("127.0.0.1", emulator.Endpoint.Host);
        foreach (IPAddress address in outside)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(address, emulator.Endpoint.Port));
        }
    }

    [Fact]
    public async Task A_callback_that_fails_is_seen_in_the_reply()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        emulator.Self.Contact("张三").AutoReply = _ => throw new InvalidOperationException("my mistake");
        string id = WebClient.NewLocalId();
        string body = $$"""{"BaseRequest":{{client.BaseRequest}},"Msg":{"Type":1,"Content":"s","FromUserName":"{{client.Self}}","ToUserName":"{{client.UserName("张三")}}","LocalID":"{{id}}","ClientMsgId":"{{id}}"},"Scene":0}""";

        using HttpResponseMessage response = await client.PostRawAsync("webwxsendmsg", Encoding.UTF8.GetBytes(body));

        Assert.Equal(500, (int)response.StatusCode);
        Assert.Contains("my mistake", await response.Content.ReadAsStringAsync());
    }
}
