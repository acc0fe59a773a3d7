using System;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Http;

namespace WeChatPS.Tests;

public sealed class ProxyTests : IDisposable
{
    // the first address of a login, and one that reaches no further than this machine without counting as it
    private const string WeChat = "CONNECT login.wx.qq.com:443 HTTP/1.1";
    private const string Nearby = "https://0.0.0.0:9";
    private const string Connect = "Connect-WeChat -Name proxied -Login Qr -QrCode None -Ephemeral -TimeoutSec 60";

    private readonly LoopbackProxy _proxy = new();
    private readonly HostedEngine _engine = HostedEngine.WithModule();

    public void Dispose()
    {
        _engine.Dispose();
        _proxy.Dispose();
    }

    [Fact]
    public void WeChats_own_servers_are_asked_through_the_proxy_alone()
    {
        ScriptRun run = _engine.Run($"param($proxy) {Connect} -Proxy $proxy", _proxy.Address);

        Assert.Equal(["WeChat.Unreachable"], run.ErrorIds);
        Assert.NotEmpty(_proxy.Asked);
        Assert.All(_proxy.Asked, asked => Assert.Equal((WeChat, null), asked));
    }

    [Fact]
    public void Credentials_come_when_the_proxy_asks_for_them_and_are_in_no_error()
    {
        var credential = new PSCredential("me", new NetworkCredential("", "pass").SecurePassword);

        ScriptRun run = _engine.Run($"param($proxy, $credential) {Connect} -Proxy $proxy -ProxyCredential $credential", _proxy.Address, credential);

        Assert.Equal(["WeChat.Unreachable"], run.ErrorIds);
        Assert.Equal([(WeChat, null), (WeChat, "Basic bWU6cGFzcw==")], _proxy.Asked.Take(2));
        Assert.DoesNotContain("pass", run.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_that_is_not_there_is_named_with_its_port_and_without_its_credentials()
    {
        _proxy.Dispose();
        var address = new UriBuilder(_proxy.Address) { UserName = "me", Password = "pass" };

        ScriptRun run = _engine.Run($"param($proxy) {Connect} -Proxy $proxy", address.Uri);

        Assert.Equal(["WeChat.Unreachable"], run.ErrorIds);
        string error = run.Errors[0].ToString();
        Assert.Contains($"The proxy 127.0.0.1:{_proxy.Address.Port} cannot be reached", error, StringComparison.Ordinal);
        Assert.DoesNotContain("pass", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_that_refuses_is_named_beside_the_server()
    {
        var address = new UriBuilder(_proxy.Address) { UserName = "me", Password = "pass" };

        ScriptRun run = _engine.Run($"param($proxy) {Connect} -Proxy $proxy", address.Uri);

        string error = Assert.Single(run.Errors).ToString();
        Assert.Contains($"login.wx.qq.com:443 cannot be reached through the proxy 127.0.0.1:{_proxy.Address.Port}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("pass", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_systems_proxy_is_used_unless_no_proxy_is_wanted()
    {
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy(_proxy.Address);
        try
        {
            Assert.Equal(["WeChat.Unreachable"], _engine.Run($"{Connect} -Endpoint {Nearby}").ErrorIds);
            Assert.Equal("CONNECT 0.0.0.0:9 HTTP/1.1", _proxy.Asked.First().Line);
            _proxy.Asked.Clear();

            Assert.Equal(["WeChat.Unreachable"], _engine.Run($"{Connect} -Endpoint {Nearby} -NoProxy").ErrorIds);
            Assert.Empty(_proxy.Asked);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }
}
