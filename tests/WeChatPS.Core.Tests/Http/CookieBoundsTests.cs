using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using WeChatPS.Http;
using Xunit;

namespace WeChatPS.Core.Tests.Http;

/// <summary>What a server can make every later request carry.</summary>
public sealed class CookieBoundsTests
{
    private static readonly DateTimeOffset s_now = new(2018, 12, 30, 23, 12, 21, TimeSpan.Zero);
    private static readonly Uri s_page = new("https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxsync?sid=x");
    private static readonly string[] s_login =
    [
        "wxuin=171780413; Domain=wx.qq.com; Path=/; Secure",
        "wxsid=8uHg+z; Domain=wx.qq.com; Path=/; Secure",
        "webwx_data_ticket=SQejnx; Domain=.qq.com; Path=/; Secure",
        "webwxuvid=5e1f; Domain=wx.qq.com; Path=/; Secure",
        "webwx_auth_ticket=CIsBEN; Domain=wx.qq.com; Path=/; Secure",
    ];

    private readonly CookieJar _jar = new();
    private readonly List<string> _said = [];

    public CookieBoundsTests()
    {
        _jar.Bounded = _said.Add;
        Set(s_login);
    }

    [Fact]
    public void New_cookies_on_each_reply_never_grow_the_header_beyond_its_limit_nor_displace_the_login()
    {
        for (int reply = 0; reply < 1000; reply++)
        {
            Set($"junk{reply}={new string('x', 50)}; Path=/");
            Assert.InRange(Header().Length, 1, CookieJar.HeaderLimit);
        }

        Assert.All(s_login, line => Assert.Contains(line[..line.IndexOf(';', StringComparison.Ordinal)], Header(), StringComparison.Ordinal));
        Assert.InRange(_jar.All.Count, s_login.Length, 2 * CookieJar.PerDomain);
    }

    [Fact]
    public void A_few_large_cookies_are_as_much_too_much_as_many_small_ones()
    {
        for (int reply = 0; reply < 20; reply++)
            Set($"junk{reply}={new string('x', 4000)}; Path=/", $"wide{reply}={new string('x', 2000)}; Path=/; Domain=qq.com");

        Assert.InRange(Header().Length, 4000, CookieJar.HeaderLimit);
        Assert.Contains("wxsid=8uHg+z", Header(), StringComparison.Ordinal);
        Assert.InRange(_jar.All.Sum(cookie => cookie.Value.Length), 4000, 2 * CookieJar.HeaderLimit);
    }

    [Fact]
    public void The_least_recently_used_goes_first()
    {
        Set([.. Enumerable.Range(0, 40).Select(i => $"c{i}=1; Path=/{(i % 2 == 0 ? "used" : "unused")}")]);
        _jar.HeaderFor(new Uri("https://wx.qq.com/used/x"), s_now);

        Set([.. Enumerable.Range(0, 10).Select(i => $"new{i}=1; Path=/")]);

        string[] names = [.. _jar.All.Select(cookie => cookie.Name)];
        Assert.Equal(20, names.Count(name => name[0] == 'c' && int.Parse(name[1..], null) % 2 == 0));
        Assert.Equal(10, names.Count(name => name.StartsWith("new", StringComparison.Ordinal)));
        Assert.DoesNotContain("c1", names);
    }

    [Fact]
    public void The_bound_in_all_holds_over_many_hosts()
    {
        for (int host = 0; host < 20; host++)
            _jar.Apply(new Uri($"https://h{host}.wx.qq.com/"), Enumerable.Range(0, CookieJar.PerDomain).Select(i => $"c{i}=1"), s_now);

        Assert.Equal(CookieJar.Capacity, _jar.All.Count);
        Assert.Equal("8uHg+z", _jar.Find("wxsid"));
        Assert.Equal("SQejnx", _jar.Find("webwx_data_ticket"));
    }

    [Fact]
    public void The_logins_own_names_on_other_paths_are_nobodys_own()
    {
        Set([.. Enumerable.Range(0, 500).Select(i => $"wxsid=junk; Path=/cgi-bin/mmwebwx-bin/{i}")]);

        Assert.InRange(_jar.All.Count, 1, CookieJar.PerDomain + 1);
        Assert.Contains("wxsid=8uHg+z", Header(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_logins_own_cookies_give_way_only_to_more_needed_ones()
    {
        Set([.. s_login.Select(line => line.Insert(line.IndexOf(';', StringComparison.Ordinal), new string('x', line.StartsWith("webwx", StringComparison.Ordinal) ? 4000 : 0)))]);

        Assert.InRange(Header().Length, 1, CookieJar.HeaderLimit);
        Assert.StartsWith("wxuin=171780413; wxsid=8uHg+z; webwx_data_ticket=SQejnx", Header(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_lines_in_one_reply_is_taken_in_a_moment()
    {
        Set([.. Enumerable.Range(0, 50_000).Select(i => $"{i}=1")]);

        Assert.InRange(_jar.All.Count, 1, CookieJar.PerDomain + 1);
    }

    [Fact]
    public void What_an_earlier_version_saved_is_bounded_when_it_is_loaded()
    {
        var saved = new List<WireCookie>();
        saved.AddRange(Enumerable.Range(0, 2000).Select(i => new WireCookie($"junk{i}", new string('x', 100), "wx.qq.com", false, "/", null, true, false)));
        saved.Insert(0, new WireCookie("huge", new string('x', 15_000), "wx.qq.com", false, "/", null, true, false));
        saved.InsertRange(1000, _jar.All);
        var loaded = new CookieJar();

        loaded.Load(saved);

        string header = loaded.HeaderFor(s_page, s_now)!;
        Assert.InRange(header.Length, 1, CookieJar.HeaderLimit);
        Assert.All(_jar.All, cookie => Assert.Contains($"{cookie.Name}={cookie.Value}", header, StringComparison.Ordinal));
    }

    [Fact]
    public void A_bound_is_said_once()
    {
        Assert.Empty(_said);

        for (int reply = 0; reply < 1000; reply++)
            Set($"junk{reply}=1");

        Assert.Single(_said);
    }

    [Theory]
    [InlineData("Max-Age=NaN")]
    [InlineData("Max-Age=Infinity")]
    [InlineData("Max-Age=-Infinity")]
    [InlineData("Max-Age=∞")]
    [InlineData("Max-Age=-")]
    [InlineData("Max-Age=1e5")]
    [InlineData("Max-Age=+5")]
    [InlineData("Max-Age=5.0")]
    [InlineData("Max-Age=")]
    [InlineData("Max-Age")]
    [InlineData("Expires=Fri, 31-Feb-0000 99:99:99 GMT")]
    [InlineData("Expires=31-Dec-99999999999999999999 00:00:00")]
    public void A_malformed_attribute_counts_as_none(string attribute)
    {
        Set($"a=1; {attribute}");

        Assert.Null(Assert.Single(_jar.All, cookie => cookie.Name == "a").Expires);
    }

    [Fact]
    public void No_line_whatsoever_throws()
    {
        string[] keys = ["Max-Age", "Expires", "Domain", "Path", "Secure", "", "=", "Domain=.", "\ud800"];
        string[] values = ["", "=", "NaN", "-", "--1", "9e999", "1:2:3", "31", "Dec", "9999", "0", ".", "..com", "wx.qq.com", "/", "\"", "\0", "\ud800", "٣", new string('9', 400)];
        Gen<string> line = Gen.Elements(keys).SelectMany(key => Gen.Elements(values).ArrayOf(3).Select(some => $"{key}={string.Join(' ', some)}"))
            .ArrayOf().Select(attributes => "a=1; " + string.Join("; ", attributes));

        Prop.ForAll(line.ToArbitrary(), text =>
        {
            _jar.Apply(s_page, [text], s_now, DateTimeOffset.MinValue);
            _jar.Apply(s_page, [text], DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
            _jar.Apply(s_page, [text], DateTimeOffset.MaxValue, s_now);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData(12 * 365)]
    [InlineData(2)]
    [InlineData(-12 * 365)]
    [InlineData(-2)]
    public void A_date_that_is_far_away_expires_no_login_and_prolongs_none(int days)
    {
        _jar.Clear();
        _jar.Apply(
            s_page,
            ["wxuin=1; Path=/; Expires=Tue, 01-Jan-2019 23:12:23 GMT", "wxsid=2; Path=/; Expires=Mon, 31-Dec-2018 11:12:21 GMT", "old=3; Expires=Thu, 01-Jan-1970 00:00:00 GMT"],
            s_now,
            s_now.AddDays(days));

        Assert.Equal(
            [new DateTimeOffset(2019, 1, 1, 23, 12, 23, TimeSpan.Zero), new DateTimeOffset(2018, 12, 31, 11, 12, 21, TimeSpan.Zero)],
            _jar.All.Select(cookie => cookie.Expires!.Value));
    }

    private void Set(params string[] lines) => _jar.Apply(s_page, lines, s_now);

    private string Header() => _jar.HeaderFor(s_page, s_now)!;
}
