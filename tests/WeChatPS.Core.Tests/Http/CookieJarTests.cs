using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using Xunit;

namespace WeChatPS.Core.Tests.Http;

public sealed class CookieJarTests
{
    private static readonly DateTimeOffset s_login = new(2018, 12, 30, 23, 12, 21, TimeSpan.Zero);
    private static readonly Uri s_page = new("https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=x");

    private readonly CookieJar _jar = new();

    [Theory]
    [InlineData("https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxinit", "wxuin=171780413; wxsid=8uHg+z; webwx_data_ticket=SQejnx")]
    [InlineData("https://file.wx.qq.com/cgi-bin/mmwebwx-bin/webwxuploadmedia?f=json", "wxuin=171780413; wxsid=8uHg+z; webwx_data_ticket=SQejnx")]
    [InlineData("https://webpush.wx.qq.com/cgi-bin/mmwebwx-bin/synccheck", "wxuin=171780413; wxsid=8uHg+z; webwx_data_ticket=SQejnx")]
    [InlineData("https://login.weixin.qq.com/qrcode/x", "webwx_data_ticket=SQejnx")]
    [InlineData("https://notwx.qq.com/", "webwx_data_ticket=SQejnx")]
    [InlineData("https://wx.qq.com.evil.example/", null)]
    [InlineData("http://wx.qq.com/", null)]
    public void Cookies_of_a_real_login_go_to_its_hosts_and_to_no_other(string uri, string? expected)
    {
        Login();

        Assert.Equal(expected, _jar.HeaderFor(new Uri(uri), s_login));
    }

    [Fact]
    public void A_cookie_without_domain_stays_with_its_host()
    {
        Set("a=1");

        Assert.Equal("a=1", Header("https://wx.qq.com/cgi-bin/mmwebwx-bin/x"));
        Assert.Null(Header("https://file.wx.qq.com/cgi-bin/mmwebwx-bin/x"));
    }

    [Theory]
    [InlineData("a=1; Domain=com")]
    [InlineData("a=1; Domain=.com")]
    [InlineData("a=1; Domain=weixin.qq.com")]
    [InlineData("a=1; Domain=file.wx.qq.com")]
    [InlineData("a=1; Domain=x.qq.com")]
    [InlineData("=1")]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("a=b\u0001c")]
    [InlineData("a=b\rc")]
    [InlineData("a=\u5f20")]
    [InlineData("a=1; Path=/\u5f20")]
    public void Lines_that_claim_too_much_or_could_not_be_sent_back_are_ignored(string line)
    {
        Set(line);

        Assert.Empty(_jar.All);
        Assert.Equal(0, _jar.Version);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/", "127.0.0.1")]
    [InlineData("http://localhost:5000/", "localhost")]
    [InlineData("http://[::1]:5000/", "::1")]
    public void An_emulator_on_loopback_can_set_secure_cookies_for_itself_alone(string uri, string host)
    {
        _jar.Apply(new Uri(uri), [$"a=1; Domain={host}; Secure", "b=2; Secure"], s_login);

        Assert.Equal("a=1; b=2", Header(uri));
        Assert.All(_jar.All, cookie => Assert.True(cookie.HostOnly));
    }

    [Fact]
    public void A_secure_cookie_cannot_be_set_in_the_clear()
    {
        _jar.Apply(new Uri("http://wx.qq.com/"), ["a=1; Secure", "b=2"], s_login);

        Assert.Equal("b=2", Header("https://wx.qq.com/"));
    }

    [Fact]
    public void The_longest_path_comes_first_and_only_whole_segments_match()
    {
        _jar.Apply(new Uri("https://wx.qq.com/a/b/c"), ["r=1; Path=/", "s=2", "t=3; Path=/a/b/", "u=4; Path=nonsense"], s_login);

        Assert.Equal("t=3; s=2; u=4; r=1", Header("https://wx.qq.com/a/b/d"));
        Assert.Equal("s=2; u=4; r=1", Header("https://wx.qq.com/a/b"));
        Assert.Equal("r=1", Header("https://wx.qq.com/a/bc"));
    }

    [Fact]
    public void The_same_name_domain_and_path_is_replaced_in_its_place()
    {
        Set("a=1", "b=2", "a=3");

        Assert.Equal("a=3; b=2", Header("https://wx.qq.com/cgi-bin/mmwebwx-bin/x"));
    }

    [Fact]
    public void Names_are_case_sensitive_and_attributes_are_not()
    {
        _jar.Apply(s_page, ["a=1; PATH=/; dOmAiN=.WX.qq.com; SECURE; httponly", "A=2; path=/"], s_login);

        Assert.Equal("a=1; A=2", Header("https://wx.qq.com/"));
        Assert.Equal(new WireCookie("a", "1", "wx.qq.com", false, "/", null, true, true), _jar.All[0]);
    }

    [Fact]
    public void A_cookie_ends_at_its_expiry()
    {
        Login();
        DateTimeOffset expiry = new(2018, 12, 31, 11, 12, 21, TimeSpan.Zero);

        Assert.Contains("wxsid=", _jar.HeaderFor(s_page, expiry.AddSeconds(-1)), StringComparison.Ordinal);
        Assert.Null(_jar.HeaderFor(s_page, expiry));
    }

    [Fact]
    public void A_past_expiry_or_no_age_deletes()
    {
        Set("a=1", "b=2", "c=3; Max-Age=60");
        Set("a=; Expires=Thu, 01-Jan-1970 00:00:00 GMT", "b=x; Max-Age=0");

        Assert.Equal(["c"], _jar.All.Select(cookie => cookie.Name));
    }

    [Theory]
    [InlineData("a=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT; Max-Age=60", 60)]
    [InlineData("a=1; Max-Age=60; Expires=Thu, 01-Jan-2030 00:00:00 GMT", 60)]
    [InlineData("a=1; Max-Age=soon", null)]
    [InlineData("a=1; Expires=soon", null)]
    public void Max_Age_wins_and_nonsense_makes_a_cookie_of_the_session(string line, int? seconds)
    {
        Set(line);

        Assert.Equal(seconds is null ? null : s_login.AddSeconds(seconds.Value), Assert.Single(_jar.All).Expires);
    }

    [Fact]
    public void An_age_beyond_all_dates_is_the_last_one()
    {
        Set("a=1; Max-Age=99999999999999999999", "b=1; Max-Age=1000000000000");

        Assert.All(_jar.All, cookie => Assert.Equal(DateTimeOffset.MaxValue, cookie.Expires));
    }

    [Fact]
    public void A_wrong_clock_here_does_not_expire_a_fresh_login()
    {
        DateTimeOffset aheadByDays = s_login.AddDays(3);
        _jar.Apply(s_page, ["wxsid=1; Expires=Mon, 31-Dec-2018 11:12:21 GMT", "old=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT"], aheadByDays, s_login);

        Assert.Equal(aheadByDays.AddHours(12), Assert.Single(_jar.All).Expires);
    }

    [Fact]
    public void The_data_ticket_is_found_whichever_host_set_it()
    {
        Login();
        _jar.Apply(new Uri("https://file.wx.qq.com/"), ["webwx_data_ticket=newer; Path=/"], s_login);

        Assert.Equal("newer", _jar.Find("webwx_data_ticket"));
        Assert.Null(_jar.Find("WEBWX_DATA_TICKET"));
    }

    [Fact]
    public void The_version_rises_only_when_something_changed()
    {
        Login();
        long version = _jar.Version;
        Login();
        Assert.Equal(version, _jar.Version);

        Set("wxsid=other; Domain=wx.qq.com; Path=/");
        Assert.Equal(version + 1, _jar.Version);

        _jar.Clear();
        Assert.Equal(version + 2, _jar.Version);
        Assert.Empty(_jar.All);
    }

    [Fact]
    public void A_cookie_of_4_kilobytes_is_kept_and_a_larger_one_refused()
    {
        Set("small=" + new string('x', 4091), "large=" + new string('x', 4092), "huge=" + new string('x', 64 * 1024));

        Assert.Equal("small", Assert.Single(_jar.All).Name);
    }

    [Fact]
    public void A_loaded_jar_sends_what_the_saved_one_sent()
    {
        Login();
        var loaded = new CookieJar();
        loaded.Load(_jar.All);

        Assert.Equal(_jar.All, loaded.All);
        Assert.Equal(_jar.HeaderFor(new Uri("https://file.wx.qq.com/"), s_login), loaded.HeaderFor(new Uri("https://file.wx.qq.com/"), s_login));
    }

    [Fact]
    public async Task Many_threads_lose_no_cookie()
    {
        using var start = new ManualResetEventSlim();
        Task[] writers = [.. Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            start.Wait();
            for (int i = 0; i < 5; i++)
            {
                Set($"w{writer}_{i}=1");
                Header("https://wx.qq.com/");
            }
        }))];
        start.Set();
        await Task.WhenAll(writers);

        Assert.Equal(8 * 5, _jar.All.Count);
        Assert.Equal(8 * 5, _jar.Version);
    }

    [Fact]
    public void A_cookie_shows_no_value()
    {
        Set("wxsid=SECRET");

        Assert.DoesNotContain("SECRET", _jar.All[0].ToString(), StringComparison.Ordinal);
    }

    private void Login() => Set(
        "wxuin=171780413; Domain=wx.qq.com; Path=/; Expires=Mon, 31-Dec-2018 11:12:21 GMT; Secure",
        "wxsid=8uHg+z; Domain=wx.qq.com; Path=/; Expires=Mon, 31-Dec-2018 11:12:21 GMT; Secure",
        "webwx_data_ticket=SQejnx; Domain=.qq.com; Path=/; Expires=Mon, 31-Dec-2018 11:12:21 GMT; Secure");

    private void Set(params string[] lines) => _jar.Apply(s_page, lines, s_login);

    private string? Header(string uri) => _jar.HeaderFor(new Uri(uri), s_login);
}
