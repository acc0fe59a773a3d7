using System;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class RealHostTests
{
    [Fact]
    public async Task A_client_that_believes_in_the_real_hosts_logs_in_over_TLS_and_its_cookies_reach_all_of_them()
    {
        await using WeChatEmulator emulator = WeChatEmulator.Start(new EmulatorOptions
        {
            RedirectHost = "wx2.qq.com", ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero,
        });
        var cookies = new CookieContainer();
        string trusted = emulator.Certificate.Thumbprint;
        using var http = new HttpClient(new SocketsHttpHandler
        {
            CookieContainer = cookies,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, emulator.Endpoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                    certificate?.GetCertHashString() == trusted && (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0,
            },
        });
        string code = await http.GetStringAsync(new Uri($"https://login.wx.qq.com/jslogin?appid={WebClient.AppId}&fun=new&redirect_uri=x"));
        string uuid = Regex.Match(code, "uuid = \"(.+)\"").Groups[1].Value;
        string confirmed;
        do
        {
            confirmed = await http.GetStringAsync(new Uri($"https://login.wx.qq.com/{WebClient.P}login?tip=0&uuid={uuid}"));
        }
        while (!confirmed.Contains("redirect_uri", StringComparison.Ordinal));

        await http.GetStringAsync(new Uri(Regex.Match(confirmed, "redirect_uri=\"(.+)\"").Groups[1].Value + "&version=v2"));

        foreach (string host in new[] { "wx2.qq.com", "file.wx2.qq.com", "webpush.wx2.qq.com" })
        {
            CookieCollection seen = cookies.GetCookies(new Uri($"https://{host}/"));
            Assert.NotNull(seen["wxsid"]);
            Assert.NotNull(seen["webwx_data_ticket"]);
            Assert.True(seen["wxsid"]!.Secure);
        }

        Assert.Null(cookies.GetCookies(new Uri("https://wx.qq.com/"))["wxsid"]);
    }

    [Fact]
    public async Task Bytes_that_are_neither_HTTP_nor_TLS_only_end_their_own_connection()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using RawConnection raw = await RawConnection.OpenAsync(emulator);
        await raw.WriteAsync("\u0016\u0003\u0001\0\u0005wrong");

        // Reset or ended in order, whichever the garbage leads to; but ended.
        Assert.IsNotType<TimeoutException>(await Record.ExceptionAsync(() => raw.ReadToEndAsync()));
        using var client = new WebClient(emulator);
        Assert.Contains("WeChatPS.Emulator", await client.GetTextAsync(""));
    }

    [Fact]
    public async Task A_loopback_authority_stays_with_plain_HTTP()
    {
        await using WeChatEmulator emulator = WeChatEmulator.Start(new EmulatorOptions
        {
            RedirectHost = "localhost:8080", ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero,
        });
        using var client = new WebClient(emulator);

        Assert.StartsWith("http://localhost:8080/", await client.PollUntilConfirmedAsync(await client.NewCodeAsync()), StringComparison.Ordinal);
    }
}
