using System;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class WebEndpointsTests
{
    [Theory]
    [InlineData("wx.qq.com", "login.wx.qq.com", "wx.qq.com", "file.wx.qq.com", "webpush.wx.qq.com")]
    [InlineData("weixin.qq.com", "login.wx.qq.com", "weixin.qq.com", "file.wx.qq.com", "webpush.wx.qq.com")]
    [InlineData("wx2.qq.com", "login.wx2.qq.com", "wx2.qq.com", "file.wx2.qq.com", "webpush.wx2.qq.com")]
    [InlineData("wx8.qq.com", "login.wx8.qq.com", "wx8.qq.com", "file.wx8.qq.com", "webpush.wx8.qq.com")]
    [InlineData("web2.wechat.com", "login.web2.wechat.com", "web2.wechat.com", "file.web2.wechat.com", "webpush.web2.wechat.com")]
    [InlineData("web.wechat.com", "login.web.wechat.com", "web.wechat.com", "file.web.wechat.com", "webpush.web.wechat.com")]
    [InlineData("WX2.QQ.com", "login.wx2.qq.com", "wx2.qq.com", "file.wx2.qq.com", "webpush.wx2.qq.com")]
    public void Each_server_has_its_family(string authority, string login, string api, string file, string push)
    {
        WebEndpoints endpoints = WebEndpoints.ForAuthority(authority);
        Assert.Equal(
            new WebEndpoints(At(login), At("login.weixin.qq.com"), At("login.weixin.qq.com"), At(api), At(file), At(push)), endpoints);
    }

    [Theory]
    [InlineData("evilqq.com")]
    [InlineData("qq.com.evil.example")]
    [InlineData("wechat.com.evil.example")]
    [InlineData("evil.example/wx.qq.com")]
    [InlineData("evil.example#.qq.com")]
    [InlineData("evil.example?.qq.com")]
    [InlineData("wx.qq.com@evil.example")]
    [InlineData("user@wx.qq.com")]
    [InlineData("wx.qq.com:8443")]
    [InlineData("wx.qq.com.")]
    [InlineData("wx.qq.com/path")]
    [InlineData("evil\u3002qq.com.example")]
    [InlineData("127.0.0.1")]
    [InlineData("")]
    public void Everybody_else_is_refused(string authority)
    {
        var refusal = Assert.Throws<WeChatException>(() => WebEndpoints.ForAuthority(authority));
        Assert.Equal(WeChatErrorReason.InvalidEndpoint, refusal.Reason);
    }

    [Theory]
    [InlineData("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=t", "https://wx2.qq.com/")]
    [InlineData("https://web.wechat.com/x", "https://web.wechat.com/")]
    public void A_confirmed_login_leads_to_its_server(string redirect, string api) =>
        Assert.Equal(new Uri(api), WebEndpoints.ForLogin(null).Follow(new Uri(redirect)).Api);

    [Theory]
    [InlineData("http://wx2.qq.com/x")]
    [InlineData("https://wx2.qq.com:444/x")]
    [InlineData("https://user@wx2.qq.com/x")]
    [InlineData("https://evilqq.com/x")]
    [InlineData("ftp://wx.qq.com/x")]
    public void A_confirmed_login_leads_nowhere_else(string redirect) =>
        Assert.Throws<WeChatException>(() => WebEndpoints.ForLogin(null).Follow(new Uri(redirect)));

    [Fact]
    public void With_an_endpoint_of_ones_own_every_address_is_there()
    {
        WebEndpoints endpoints = WebEndpoints.ForLogin(new Uri("http://127.0.0.1:8080"));
        Assert.Equal(endpoints, endpoints.Follow(new Uri("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=t")));
        Assert.Equal(new Uri("http://127.0.0.1:8080/"), endpoints.Push);
        Assert.True(endpoints.IsSingle);
        Assert.False(endpoints.Allows(new Uri("https://login.weixin.qq.com/l/x")));
    }

    [Theory]
    [InlineData("http://localhost:1", true)]
    [InlineData("http://[::1]:1", true)]
    [InlineData("https://wechat.example:8443", true)]
    [InlineData("http://wechat.example", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("https://user:password@wechat.example", false)]
    [InlineData("https://wechat.example/path", false)]
    [InlineData("https://wechat.example/?q", false)]
    [InlineData("ftp://localhost", false)]
    public void An_endpoint_is_https_or_on_this_machine(string endpoint, bool allowed)
    {
        if (allowed)
            Assert.True(WebEndpoints.Single(new Uri(endpoint)).IsSingle);
        else
            Assert.Equal(WeChatErrorReason.InvalidEndpoint, Assert.Throws<WeChatException>(() => WebEndpoints.Single(new Uri(endpoint))).Reason);
    }

    [Theory]
    [InlineData("https://file.wx2.qq.com/x", true)]
    [InlineData("https://wx2.qq.com/x?y", true)]
    [InlineData("http://wx2.qq.com/x", false)]
    [InlineData("https://wx2.qq.com:444/x", false)]
    [InlineData("https://wx.qq.com/x", false)]
    [InlineData("https://user@wx2.qq.com/x", false)]
    [InlineData("https://evil.example/x", false)]
    public void Only_addresses_on_these_servers_are_allowed(string address, bool allowed) =>
        Assert.Equal(allowed, WebEndpoints.ForAuthority("wx2.qq.com").Allows(new Uri(address)));

    private static Uri At(string host) => new("https://" + host);
}
