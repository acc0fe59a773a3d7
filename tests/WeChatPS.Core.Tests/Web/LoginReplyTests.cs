using System;
using System.Text;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class LoginReplyTests
{
    private const string Page =
        "<error><ret>0</ret><message></message><skey>@crypt_1a_2b</skey><wxsid>a+b</wxsid><wxuin>2500000000</wxuin>"
        + "<pass_ticket>t%2Bk%3D</pass_ticket><isgrayscale>1</isgrayscale></error>";

    [Theory]
    [InlineData("window.QRLogin.code = 200; window.QRLogin.uuid = \"4dcaWx3uBw==\";")]
    [InlineData("window.QRLogin.code=200;window.QRLogin.uuid='4dcaWx3uBw=='")]
    [InlineData("\r\n window.QRLogin.code  =  200 ;\n window.QRLogin.uuid  =  \"4dcaWx3uBw==\"")]
    public void A_new_code_has_an_id(string body) => Assert.Equal("4dcaWx3uBw==", NewCodeReply.Parse(Utf8(body)));

    [Theory]
    [InlineData("")]
    [InlineData("<html>busy</html>")]
    [InlineData("window.QRLogin.code = 400;")]
    [InlineData("window.QRLogin.code = 200;")]
    [InlineData("window.QRLogin.code = 200; window.QRLogin.uuid = \"\";")]
    [InlineData("window.QRLogin.code = 200; window.QRLogin.uuid = \"../../evil?\";")]
    [InlineData("window.QRLogin.code = 200; window.QRLogin.uuid = \"\u001b]0;x\";")]
    public void Anything_else_is_no_code(string body) => Assert.Throws<WireReplyException>(() => NewCodeReply.Parse(Utf8(body)));

    [Theory]
    [InlineData("window.code=408;", "Waiting", 408)]
    [InlineData("window.code=201;window.userAvatar = 'data:img/jpg;base64,/9j/4AAQ';", "Scanned", 201)]
    [InlineData("window.code=201;", "Scanned", 201)]
    [InlineData("window.code=202;", "Cancelled", 202)]
    [InlineData("window.code=400;", "Expired", 400)]
    [InlineData("window.code=500;", "Failed", 500)]
    [InlineData("window.code=0;", "Failed", 0)]
    [InlineData("window.code = 408 ", "Waiting", 408)]
    public void A_login_poll_says_how_far_it_is(string body, string progress, int code)
    {
        LoginPollReply reply = LoginPollReply.Parse(Utf8(body));
        Assert.Equal((progress, code, null), (reply.Progress.ToString(), reply.Code, reply.Redirect));
    }

    [Theory]
    [InlineData("window.code=201;window.userAvatar = 'data:img/jpg;base64,/9j/4AAQ';", "FFD8FFE00010")]
    [InlineData("window.code=201;\nwindow.userAvatar=\"data:image/png;charset=x;BASE64,iVBORw==\"", "89504E47")]
    [InlineData("window.code=201;", null)]
    [InlineData("window.code=201;window.userAvatar = '';", null)]
    [InlineData("window.code=201;window.userAvatar = 'https://wx.qlogo.cn/head';", null)]
    [InlineData("window.code=201;window.userAvatar = 'data:img/jpg;base64,';", null)]
    [InlineData("window.code=201;window.userAvatar = 'data:img/jpg;base64,%%%';", null)]
    [InlineData("window.code=201;window.userAvatar = 'data:img/jpg;base64,/9j", null)]
    public void A_scan_may_bring_a_picture_and_what_is_none_disturbs_nothing(string body, string? picture)
    {
        LoginPollReply reply = LoginPollReply.Parse(Utf8(body));
        Assert.Equal(LoginProgress.Scanned, reply.Progress);
        Assert.Equal(picture, reply.Avatar is null ? null : Convert.ToHexString(reply.Avatar));
    }

    [Fact]
    public void A_confirmation_says_where_to_go_on_and_does_not_show_it_in_text()
    {
        LoginPollReply reply = LoginPollReply.Parse(Utf8(
            "window.code=200;\nwindow.redirect_uri=\"https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=A@qrticket_0&uuid=x==\";"));
        Assert.Equal(LoginProgress.Confirmed, reply.Progress);
        Assert.Equal("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=A@qrticket_0&uuid=x==", reply.Redirect!.AbsoluteUri);
        Assert.DoesNotContain("ticket", reply.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("window.code=;")]
    [InlineData("window.code=200;")]
    [InlineData("window.code=200;window.redirect_uri=\"/relative\";")]
    [InlineData("window.code=200;window.redirect_uri=\"file:///etc/passwd\";")]
    [InlineData("window.code=200;window.redirect_uri=\"javascript:alert(1)\";")]
    [InlineData("window.code=200;window.redirect_uri=\"https://wx.qq.com/")]
    public void A_poll_without_a_sensible_code_or_target_is_refused(string body) =>
        Assert.Throws<WireReplyException>(() => LoginPollReply.Parse(Utf8(body)));

    [Theory]
    [InlineData("""{"ret":"0","msg":"all ok","uuid":"6n0Q6VAASX=="}""", true)]
    [InlineData("""{"ret":0,"msg":"all ok","uuid":"6n0Q6VAASX=="}""", true)]
    [InlineData("""{"ret":"1","msg":"device authinfo invalid"}""", false)]
    public void A_push_is_accepted_or_not(string body, bool accepted)
    {
        PushLoginReply reply = PushLoginReply.Parse(Utf8(body));
        Assert.Equal(accepted, reply.IsAccepted);
        Assert.Equal(accepted ? "6n0Q6VAASX==" : "", reply.Uuid);
        Assert.NotEmpty(reply.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ret":"0","msg":"all ok"}""")]
    [InlineData("""{"ret":"0","uuid":"a/b"}""")]
    [InlineData("""{"ret":"0","uuid":"abc" """)]
    [InlineData("<html>")]
    public void A_push_reply_without_sense_is_refused(string body) => Assert.Throws<WireReplyException>(() => PushLoginReply.Parse(Utf8(body)));

    [Fact]
    public void The_login_page_brings_credentials()
    {
        LoginPageReply reply = LoginPageReply.Parse(Utf8(Page));
        Assert.False(reply.IsRefused);
        Assert.Equal(new WebCredentials(2_500_000_000, "a+b", "@crypt_1a_2b", "t%2Bk%3D", "e1"), reply.ToCredentials("e1"));
        Assert.DoesNotContain("crypt", reply.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_brings_the_servers_own_words()
    {
        LoginPageReply reply = LoginPageReply.Parse(Utf8("<error><ret>1203</ret><message>当前登录环境异常</message></error>"));
        Assert.True(reply.IsRefused);
        Assert.Equal((1203, "当前登录环境异常"), (reply.Ret, reply.Message));
        Assert.Throws<InvalidOperationException>(() => reply.ToCredentials("e1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>moved</body></html>")]
    [InlineData("{\"ret\":0}")]
    [InlineData("<error><message>x</message></error>")]
    [InlineData("<error><ret>0</ret><message></message></error>")]
    [InlineData("<error><ret>0</ret><redirecturl>elsewhere</redirecturl></error>")]
    [InlineData("<!DOCTYPE error [<!ENTITY s \"x\">]><error><ret>0</ret><skey>&s;</skey></error>")]
    [InlineData("<error><ret>0</ret><skey>@crypt_1a_2b</skey><wxsid>secretsid")]
    public void Any_other_page_is_refused_without_showing_secrets(string body)
    {
        var refusal = Assert.Throws<WireReplyException>(() => LoginPageReply.Parse(Utf8(body)));
        Assert.DoesNotContain("secretsid", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("crypt", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_that_is_wanted_elsewhere_brings_an_address_and_no_credentials()
    {
        LoginPageReply reply = LoginPageReply.Parse(Utf8("<error><ret>0</ret><message></message><redirecturl>https://wx2.qq.com/?&amp;lang=zh_CN</redirecturl></error>"));
        Assert.Equal("https://wx2.qq.com/?&lang=zh_CN", reply.Elsewhere!.AbsoluteUri);
        Assert.Throws<InvalidOperationException>(() => reply.ToCredentials("e1"));
    }

    [Fact]
    public void A_refusal_is_one_wherever_it_points() =>
        Assert.True(LoginPageReply.Parse(Utf8("<error><ret>1203</ret><message>x</message><redirecturl>https://wx2.qq.com/</redirecturl></error>")).IsRefused);

    [Fact]
    public void Each_missing_credential_is_noticed()
    {
        foreach (string part in new[] { "<skey>@crypt_1a_2b</skey>", "<wxsid>a+b</wxsid>", "<wxuin>2500000000</wxuin>", "<pass_ticket>t%2Bk%3D</pass_ticket>" })
            Assert.Throws<WireReplyException>(() => LoginPageReply.Parse(Utf8(Page.Replace(part, "", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_broken_reply_shows_how_it_begins_made_fit_for_a_terminal()
    {
        var refusal = Assert.Throws<WireReplyException>(() => LoginPollReply.Parse(Utf8("\u001b[2JBad\ngateway")));
        Assert.Contains("␛[2JBad⏎gateway", refusal.Message, StringComparison.Ordinal);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
