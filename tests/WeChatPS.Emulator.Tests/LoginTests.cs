using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class LoginTests
{
    private static EmulatorOptions ByHand => new() { AutoPhone = false, Hold = TimeSpan.FromSeconds(20) };

    [Fact]
    public async Task The_phone_scans_and_confirms_by_itself_unless_told_otherwise()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);

        Assert.Equal(0, client.Initial.Ret());
        Assert.Equal("我", client.Initial.GetProperty("User").Text("NickName"));
        Assert.True(client.Initial.GetProperty("User").GetProperty("Uin").GetInt64() > int.MaxValue);
        Assert.Equal([1, 2, 3, 1000], client.SyncKey.GetProperty("List").EnumerateArray().Select(k => k.Int("Key")));
        Assert.EndsWith(",filehelper,", client.Initial.Text("ChatSet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_code_has_two_content_types_and_a_picture()
    {
        await using WeChatEmulator emulator = WeChatEmulator.Start(ByHand);
        using var client = new WebClient(emulator);
        using HttpResponseMessage response = await client.GetAsync(
            $"jslogin?appid={WebClient.AppId}&redirect_uri=https%3A%2F%2Fwx.qq.com%2Fcgi-bin%2Fmmwebwx-bin%2Fwebwxnewloginpage&fun=new&lang=zh_CN&_=1");

        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types);
        Assert.Equal(["text/javascript", "text/html; charset=gbk"], types);
        string uuid = await client.NewCodeAsync();
        Assert.EndsWith("==", uuid, StringComparison.Ordinal);
        using HttpResponseMessage image = await client.GetAsync($"qrcode/{uuid}");
        Assert.Equal("image/jpeg", image.Content.Headers.ContentType!.ToString());
        Assert.Equal([0xff, 0xd8], (await image.Content.ReadAsByteArrayAsync()).Take(2));
        Assert.Contains("手机", await client.GetTextAsync($"l/{uuid}"));
    }

    [Fact]
    public async Task A_wrong_appid_gets_no_code()
    {
        await using WeChatEmulator emulator = WeChatEmulator.Start(ByHand);
        using var client = new WebClient(emulator);

        Assert.StartsWith("window.QRLogin.code = 400;", await client.GetTextAsync("jslogin?appid=wx0&redirect_uri=x&fun=new"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_needs_no_redirect_uri()
    {
        // ItChat's get_QRuuid (itchat/components/login.py) sends appid and fun alone.
        await using WeChatEmulator emulator = WeChatEmulator.Start(ByHand);
        using var client = new WebClient(emulator);

        Assert.StartsWith("window.QRLogin.code = 200;", await client.GetTextAsync($"jslogin?appid={WebClient.AppId}&fun=new"), StringComparison.Ordinal);
        Assert.StartsWith("window.QRLogin.code = 400;", await client.GetTextAsync($"jslogin?appid={WebClient.AppId}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poll_is_held_until_the_scan_then_until_the_confirmation()
    {
        await using WeChatEmulator emulator = WeChatEmulator.Start(ByHand);
        using var client = new WebClient(emulator);
        string uuid = await client.NewCodeAsync();

        Task<string> scan = client.PollLoginAsync(uuid, tip: 1);
        emulator.Phone.Scan(uuid);
        Assert.Matches("^window.code=201;window.userAvatar = 'data:img/jpg;base64,[A-Za-z0-9+/=]+';$", await scan);
        Assert.StartsWith("window.code=201;", await client.PollLoginAsync(uuid, tip: 1), StringComparison.Ordinal);

        Task<string> confirmation = client.PollLoginAsync(uuid, tip: 0);
        emulator.Phone.Confirm();
        Assert.Matches(
            $"^window.code=200;\nwindow.redirect_uri=\"{Regex.Escape(emulator.Endpoint.ToString())}cgi-bin/mmwebwx-bin/webwxnewloginpage\\?ticket=[A-Za-z0-9]+@qrticket_0&uuid={uuid}&lang=zh_CN&scan=\\d+\";$",
            await confirmation);
    }

    [Fact]
    public async Task An_idle_login_poll_ends_with_408()
    {
        EmulatorOptions options = ByHand;
        options.Hold = TimeSpan.FromMilliseconds(50);
        await using WeChatEmulator emulator = WeChatEmulator.Start(options);
        using var client = new WebClient(emulator);

        Assert.Equal("window.code=408;", await client.PollLoginAsync(await client.NewCodeAsync()));
    }

    [Fact]
    public async Task A_cancelled_code_answers_202_and_an_expired_or_unknown_one_400()
    {
        await using WeChatEmulator emulator = WeChatEmulator.Start(ByHand);
        using var client = new WebClient(emulator);
        string first = await client.NewCodeAsync();
        emulator.Phone.Cancel();
        string second = await client.NewCodeAsync();
        emulator.Phone.Expire();

        Assert.Equal("window.code=202;", await client.PollLoginAsync(first));
        Assert.Equal("window.code=400;", await client.PollLoginAsync(second));
        Assert.Equal("window.code=400;", await client.PollLoginAsync("nonsense"));
        Assert.Throws<EmulatorException>(() => emulator.Phone.Confirm(second));
        Assert.Throws<EmulatorException>(() => emulator.Phone.Scan());
    }

    [Fact]
    public async Task A_code_expires_by_itself_while_a_poll_waits()
    {
        EmulatorOptions options = ByHand;
        options.CodeLifetime = TimeSpan.FromMilliseconds(60);
        await using WeChatEmulator emulator = WeChatEmulator.Start(options);
        using var client = new WebClient(emulator);

        Assert.Equal("window.code=400;", await client.PollLoginAsync(await client.NewCodeAsync()));
    }

    [Theory]
    [InlineData(LoginPageStyle.Automatic, "&fun=new&version=v2", HttpStatusCode.OK)]
    [InlineData(LoginPageStyle.Automatic, "", HttpStatusCode.MovedPermanently)]
    [InlineData(LoginPageStyle.Moved, "&fun=new&version=v2", HttpStatusCode.MovedPermanently)]
    [InlineData(LoginPageStyle.Ok, "", HttpStatusCode.OK)]
    public async Task The_login_page_comes_as_200_or_as_301_without_a_location(LoginPageStyle style, string extra, HttpStatusCode expected)
    {
        EmulatorOptions options = Emulators.Fast;
        options.LoginPage = style;
        await using WeChatEmulator emulator = WeChatEmulator.Start(options);
        using var client = new WebClient(emulator);
        string redirect = await client.PollUntilConfirmedAsync(await client.NewCodeAsync());

        using HttpResponseMessage response = await client.GetAsync(new Uri(redirect).PathAndQuery[1..] + extra);

        Assert.Equal(expected, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Matches("^<error><ret>0</ret><message></message><skey>@crypt_.+</error>$", await response.Content.ReadAsStringAsync());
        Assert.Equal(7, response.Headers.GetValues("Set-Cookie").Count(c => !c.StartsWith("wxpluginkey", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_ticket_serves_once()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using var client = new WebClient(emulator);
        string redirect = await client.PollUntilConfirmedAsync(await client.NewCodeAsync());
        await client.OpenLoginPageAsync(redirect);

        Assert.Equal("<error><ret>1203</ret><message>check ticket failed</message></error>", await client.GetTextAsync(new Uri(redirect).PathAndQuery[1..]));
    }

    [Fact]
    public async Task Redirects_and_cookies_name_the_host_that_the_client_believes_in()
    {
        await using WeChatEmulator emulator = WeChatEmulator.Start(new EmulatorOptions
        {
            RedirectHost = "wx2.qq.com", ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero,
        });
        using var client = new WebClient(emulator);
        string redirect = await client.PollUntilConfirmedAsync(await client.NewCodeAsync());
        Assert.StartsWith("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?", redirect, StringComparison.Ordinal);

        using HttpResponseMessage response = await client.GetAsync(new Uri(redirect).PathAndQuery[1..]);

        Dictionary<string, string> cookies = response.Headers.GetValues("Set-Cookie").ToDictionary(c => c.Split('=')[0], c => c);
        Assert.Matches("^wxsid=.{16}; Domain=wx2.qq.com; Path=/; Expires=[A-Z][a-z]{2}, \\d\\d-[A-Z][a-z]{2}-\\d{4} \\d\\d:\\d\\d:\\d\\d GMT; Secure$", cookies["wxsid"]);
        Assert.Contains("; Domain=.qq.com; ", cookies["webwx_data_ticket"]);
        Assert.EndsWith("; Expires=Fri, 01-Jan-2038 00:00:00 GMT; Secure", cookies["webwxuvid"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_loopback_cookies_have_neither_domain_nor_secure()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using var client = new WebClient(emulator);
        string redirect = await client.PollUntilConfirmedAsync(await client.NewCodeAsync());

        using HttpResponseMessage response = await client.GetAsync(new Uri(redirect).PathAndQuery[1..]);

        Assert.All(response.Headers.GetValues("Set-Cookie"), cookie =>
        {
            Assert.DoesNotContain("Domain", cookie);
            Assert.DoesNotContain("Secure", cookie);
        });
    }

    [Fact]
    public async Task A_push_login_needs_the_cookies_of_an_earlier_login_and_only_a_confirmation()
    {
        EmulatorOptions options = Emulators.Fast;
        await using WeChatEmulator emulator = WeChatEmulator.Start(options);
        using WebClient client = await WebClient.LogInAsync(emulator);
        emulator.Kick();
        options.AutoPhone = false;

        using var stranger = new WebClient(emulator);
        Assert.Equal("1", (await stranger.GetJsonAsync($"{WebClient.P}webwxpushloginurl?uin={client.Uin}")).Text("ret"));
        JsonElement push = await client.GetJsonAsync($"{WebClient.P}webwxpushloginurl?uin={client.Uin}");
        Assert.Equal(("0", "all ok"), (push.Text("ret"), push.Text("msg")));
        string uuid = push.Text("uuid");
        Assert.StartsWith("window.code=201;", await client.PollLoginAsync(uuid, tip: 1), StringComparison.Ordinal);
        Task<string> poll = client.PollLoginAsync(uuid);
        emulator.Phone.Confirm(uuid);
        Assert.StartsWith("window.code=200;", await poll, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_may_log_in_as_a_desktop_client_only_refuses_others_with_words()
    {
        EmulatorOptions options = Emulators.Fast;
        options.DesktopOnly = true;
        await using WeChatEmulator emulator = WeChatEmulator.Start(options);
        using var client = new WebClient(emulator);
        string redirect = await client.PollUntilConfirmedAsync(await client.NewCodeAsync());

        string refusal = await client.GetTextAsync(new Uri(redirect).PathAndQuery[1..]);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(redirect).PathAndQuery[1..]);
        request.Headers.Add("client-version", "2.0.0");
        request.Headers.Add("extspam", "x");
        using HttpResponseMessage accepted = await client.SendAsync(request);

        Assert.StartsWith("<error><ret>1203</ret><message>当前登录环境异常", refusal, StringComparison.Ordinal);
        Assert.StartsWith("<error><ret>0</ret>", await accepted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_may_end_the_sessions_before_it()
    {
        EmulatorOptions options = Emulators.Fast;
        options.OneSessionPerAccount = true;
        await using WeChatEmulator emulator = WeChatEmulator.Start(options);
        using WebClient first = await WebClient.LogInAsync(emulator);
        await first.SyncAllAsync();
        Task<string> poll = first.PollAsync();
        await Emulators.UntilAsync(() => emulator.Counters.OpenPolls == 1, "the poll is held");

        using WebClient second = await WebClient.LogInAsync(emulator);

        Assert.Contains("retcode:\"1100\"", await poll);
        Assert.NotEqual(first.Self, second.Self);
    }

    [Fact]
    public async Task Accounts_scan_in_turn_and_each_has_contacts_of_its_own()
    {
        await using WeChatEmulator emulator = WeChatEmulator.Start(new EmulatorOptions
        {
            Accounts = ["我", "小明"], ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero,
        });
        var names = new List<string>();
        for (int login = 0; login < 3; login++)
        {
            using WebClient client = await WebClient.LogInAsync(emulator);
            names.Add(client.Initial.GetProperty("User").Text("NickName"));
        }

        Assert.Equal(["我", "小明", "我"], names);
        Assert.Equal("我", emulator.Self.NickName);
        Assert.Equal(2, emulator.Accounts.Select(account => account.Contact("王五").Id).Distinct().Count());
    }

    [Theory]
    [InlineData]
    [InlineData("我", "我")]
    public void Accounts_that_cannot_be_told_apart_or_none_are_refused(params string[] names) =>
        Assert.Throws<EmulatorException>(() => WeChatEmulator.Start(new EmulatorOptions { Accounts = names }));

    [Fact]
    public async Task Every_account_has_its_own_sessions()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        Account other = emulator.AddAccount("另一个");
        other.AddFriend("陈八");
        using WebClient mine = await WebClient.LogInAsync(emulator);
        emulator.Phone.Account = other;
        using WebClient theirs = await WebClient.LogInAsync(emulator);
        await mine.SyncAllAsync();
        await theirs.SyncAllAsync();

        other.Deliver("陈八", "for the other one");

        Assert.Equal("另一个", theirs.Initial.GetProperty("User").Text("NickName"));
        Assert.Single(await theirs.MessagesAsync());
        Assert.Empty(await mine.MessagesAsync());
    }
}
