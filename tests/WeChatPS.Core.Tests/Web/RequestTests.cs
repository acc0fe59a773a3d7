using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Web;
using Xunit;
using static WeChatPS.Core.Tests.Web.SampleRequests;

namespace WeChatPS.Core.Tests.Web;

public sealed class RequestTests
{
    private static readonly WebCursor s_cursor = new(Key("1_10|2_20"), Key("1_10|2_21|201_7"));

    [Theory]
    [InlineData(WeChatLoginMode.Web, "")]
    [InlineData(WeChatLoginMode.Desktop, "%3Fmod%3Ddesktop")]
    public void A_new_code_is_asked_for(WeChatLoginMode mode, string mark) => AssertGet(
        "https://login.wx2.qq.com/jslogin?appid=wx782c26e4c19acffb"
        + $"&redirect_uri=https%3A%2F%2Fwx2.qq.com%2Fcgi-bin%2Fmmwebwx-bin%2Fwebwxnewloginpage{mark}&fun=new&lang=zh_CN&_=1463755895123",
        LoginRequests.NewCode(Endpoints, mode, Now));

    [Fact]
    public void A_server_that_the_user_named_stands_for_the_first_one() => Assert.Contains(
        "&redirect_uri=https%3A%2F%2Fwx.qq.com%2Fcgi-bin%2Fmmwebwx-bin%2Fwebwxnewloginpage&",
        LoginRequests.NewCode(WebEndpoints.Single(new Uri("http://127.0.0.1:8080")), WeChatLoginMode.Web, Now).Uri.AbsoluteUri);

    [Fact]
    public void The_code_says_where_the_phone_has_to_go()
    {
        Assert.Equal("https://login.weixin.qq.com/l/4dcaWx3uBw==", LoginRequests.CodeText(Endpoints, "4dcaWx3uBw==").AbsoluteUri);
        AssertGet("https://login.weixin.qq.com/qrcode/4dcaWx3uBw==", LoginRequests.CodeImage(Endpoints, "4dcaWx3uBw=="));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void A_login_poll_outlasts_the_servers_hold(bool scanned, int tip)
    {
        WireRequest request = LoginRequests.Poll(Endpoints, "4dca_-Bw==", scanned, Now);
        AssertGet(
            "https://login.wx2.qq.com/cgi-bin/mmwebwx-bin/login?loginicon=true&uuid=4dca_-Bw%3D%3D"
            + $"&tip={tip}&r=827952812&_=1463755895123", request);
        Assert.True(request.Deadline > TimeSpan.FromSeconds(27));
    }

    [Theory]
    [InlineData(WeChatLoginMode.Web, "")]
    [InlineData(WeChatLoginMode.Desktop, "&mod=desktop")]
    public void A_push_names_the_account(WeChatLoginMode mode, string mark) => AssertGet(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxpushloginurl?uin=2500000000" + mark,
        LoginRequests.Push(Endpoints.Api, Credentials.Uin, mode));

    [Fact]
    public void The_login_page_is_asked_for_with_the_ticket_as_it_came()
    {
        var redirect = new Uri("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=A-b_@qrticket_0&uuid=x==&scan=1");
        WireRequest request = LoginRequests.LoginPage(Endpoints, redirect, WeChatLoginMode.Web);
        AssertGet(
            "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=A-b_@qrticket_0&uuid=x==&scan=1&fun=new&version=v2", request);
        Assert.Empty(request.Headers);
    }

    [Fact]
    public void Of_a_redirect_only_path_and_query_are_used() => AssertGet(
        "http://127.0.0.1:8080/login?ticket=t&fun=new&version=v2",
        LoginRequests.LoginPage(
            WebEndpoints.Single(new Uri("http://127.0.0.1:8080")), new Uri("https://evil.example/login?ticket=t"), WeChatLoginMode.Web));

    [Fact]
    public void The_desktop_client_shows_its_marks_at_the_login_page_alone()
    {
        WireRequest page = LoginRequests.LoginPage(Endpoints, new Uri("https://wx2.qq.com/p?t=1"), WeChatLoginMode.Desktop);
        Assert.Equal(["client-version", "extspam", "Referer"], page.Headers.Select(header => header.Key));
        Assert.Equal(880, page.Headers[1].Value.Length);
        Assert.Empty(LoginRequests.Init(Endpoints, Credentials, Now).Headers);

        var other = new DesktopConstants("9", "blob");
        WireRequest configured = LoginRequests.LoginPage(Endpoints, new Uri("https://wx2.qq.com/p"), WeChatLoginMode.Desktop, other);
        Assert.Equal(["9", "blob"], configured.Headers.Take(2).Select(header => header.Value));
    }

    [Fact]
    public void A_session_begins_with_credentials_alone() => AssertPost(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxinit?r=827952812&lang=zh_CN&pass_ticket=t%252Bk%253D",
        """{"BaseRequest":{"Uin":2500000000,"Sid":"a+b/c=","Skey":"@crypt_1a_2b","DeviceID":"e123456789012345"}}""",
        LoginRequests.Init(Endpoints, Credentials, Now));

    [Fact]
    public void The_phone_is_told_that_the_client_started() => AssertPost(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxstatusnotify?lang=zh_CN&pass_ticket=t%252Bk%253D",
        Body("""
            "Code":3,"FromUserName":"@me","ToUserName":"@me","ClientMsgId":1463755895123
            """),
        LoginRequests.StatusNotify(Endpoints, Credentials, StatusNotifyCode.Started, "@me", "@me", Now));

    [Fact]
    public void A_logout_is_a_form()
    {
        WireRequest request = LoginRequests.Logout(Endpoints, Credentials);
        Assert.Equal("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxlogout?redirect=1&type=0&skey=%40crypt_1a_2b", request.Uri.AbsoluteUri);
        Assert.Equal("sid=a%2Bb%2Fc%3D&uin=2500000000", Encoding.UTF8.GetString(request.Body!));
        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("application/x-www-form-urlencoded", request.ContentType);
    }

    [Fact]
    public void A_poll_is_spelt_exactly_and_uses_the_check_key()
    {
        WireRequest request = SyncRequests.Poll(Endpoints, Credentials, s_cursor, Now);
        AssertGet(
            "https://webpush.wx2.qq.com/cgi-bin/mmwebwx-bin/synccheck?r=1463755895123&skey=%40crypt_1a_2b&sid=a%2Bb%2Fc%3D&uin=2500000000"
            + "&deviceid=e123456789012345&synckey=1_10%7C2_21%7C201_7&_=1463755895123", request);
        Assert.True(request.Deadline > TimeSpan.FromSeconds(27));
        Assert.Equal(TimeSpan.FromSeconds(50), SyncRequests.Poll(Endpoints, Credentials, s_cursor, Now, TimeSpan.FromSeconds(50)).Deadline);
    }

    [Fact]
    public void A_fetch_uses_the_fetch_key() => AssertPost(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxsync?sid=a%2Bb%2Fc%3D&skey=%40crypt_1a_2b&lang=zh_CN&pass_ticket=t%252Bk%253D",
        Body("""
            "SyncKey":{"Count":2,"List":[{"Key":1,"Val":10},{"Key":2,"Val":20}]},"rr":827952812
            """),
        SyncRequests.Fetch(Endpoints, Credentials, s_cursor, Now));

    [Fact]
    public void The_address_book_is_read_page_by_page() => AssertGet(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxgetcontact?lang=zh_CN&pass_ticket=t%252Bk%253D&r=1463755895123&seq=620412022&skey=%40crypt_1a_2b",
        ContactRequests.Page(Endpoints, Credentials, 620412022, Now));

    [Fact]
    public void Details_are_asked_for_by_user_name() => AssertPost(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxbatchgetcontact?type=ex&r=1463755895123&lang=zh_CN&pass_ticket=t%252Bk%253D",
        Body("""
            "Count":2,"List":[{"UserName":"@@g","EncryChatRoomId":""},{"UserName":"@a","EncryChatRoomId":""}]
            """),
        ContactRequests.Details(Endpoints, Credentials, ["@@g", "@a"], Now));

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public void Details_of_none_or_too_many_are_not_asked_for(int count) => Assert.Throws<ArgumentOutOfRangeException>(
        () => ContactRequests.Details(Endpoints, Credentials, [.. Enumerable.Repeat("@a", count)], Now));

    [Fact]
    public void A_text_carries_its_identity_twice_and_a_scene() => AssertPost(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxsendmsg?lang=zh_CN&pass_ticket=t%252Bk%253D",
        Body("""
            "Msg":{"Type":1,"Content":"你好 😀 <b>\nx","FromUserName":"@me","ToUserName":"@a","LocalID":"17","ClientMsgId":"17"},"Scene":0
            """),
        Message("@a", MessageBody.Text("你好 😀 <b>\r\nx")));

    [Fact]
    public void A_mention_names_the_members_and_a_forwarded_text_says_so() => AssertPost(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxsendmsg?lang=zh_CN&pass_ticket=t%252Bk%253D",
        Body("""
            "Msg":{"Type":1,"Content":"@Bob\u2005hi","FromUserName":"@me","ToUserName":"@@g","LocalID":"17","ClientMsgId":"17","MsgSource":"<msgsource><atusername>@b,@c</atusername><atchatroomname>@@g</atchatroomname></msgsource>"},"Scene":2
            """.Replace("\\u2005", "\u2005", StringComparison.Ordinal)),
        Message("@@g", MessageBody.Text("@Bob\u2005hi") with { Mentions = ["@b", "@c"], IsForwarded = true }));

    [Fact]
    public void A_picture_a_video_and_a_sticker_are_named_by_what_their_upload_was_given()
    {
        AssertPost("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxsendmsgimg?fun=async&f=json&lang=zh_CN&pass_ticket=t%252Bk%253D", Media(3, ""), Message("@a", MessageBody.Image("@crypt_m")));
        AssertPost("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxsendvideomsg?fun=async&f=json&lang=zh_CN&pass_ticket=t%252Bk%253D", Media(43, ""), Message("@a", MessageBody.Video("@crypt_m")));
        AssertPost("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxsendemoticon?fun=sys&lang=zh_CN&pass_ticket=t%252Bk%253D", Media(47, ",\"EmojiFlag\":2"), Message("@a", MessageBody.Emoticon("@crypt_m")));

        static string Media(int type, string more) => Body(
            $"\"Msg\":{{\"Type\":{type},\"Content\":\"\",\"FromUserName\":\"@me\",\"ToUserName\":\"@a\",\"LocalID\":\"17\",\"ClientMsgId\":\"17\",\"MediaId\":\"@crypt_m\"{more}}},\"Scene\":0");
    }

    [Fact]
    public void A_file_is_XML_with_its_name_escaped_and_the_signature_of_its_upload() => AssertPost(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxsendappmsg?fun=async&f=json&lang=zh_CN&pass_ticket=t%252Bk%253D",
        Body("""
            "Msg":{"Type":6,"Content":"<appmsg appid='wxeb7ec651dd0aefa9' sdkver=''><title>a &lt;&amp;&gt;.tar.gz</title><des></des><action></action><type>6</type><content></content><url></url><lowurl></lowurl><appattach><totallen>5000000000</totallen><attachid>@crypt_m</attachid><fileext>gz</fileext></appattach><extinfo></extinfo></appmsg>","FromUserName":"@me","ToUserName":"@a","LocalID":"17","ClientMsgId":"17","Signature":"sig"},"Scene":0
            """),
        Message("@a", MessageBody.File("a <&>.tar.gz", 5_000_000_000, "@crypt_m") with { Signature = "sig" }));

    [Fact]
    public void A_message_is_taken_back_by_both_its_identities() => AssertPost(
        "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxrevokemsg?lang=zh_CN&pass_ticket=t%252Bk%253D",
        Body("""
            "ClientMsgId":"17","SvrMsgId":"42","ToUserName":"@a"
            """),
        SendRequests.Revoke(Endpoints, Credentials, "@a", "42", "17"));

    [Fact]
    public void A_lone_surrogate_does_not_break_a_request() => Assert.Contains(
        "a\uFFFDb", Encoding.UTF8.GetString(Message("@a", MessageBody.Text("a\ud83db")).Body!));

    [Fact]
    public void Message_identities_are_17_digits_that_begin_with_the_time() =>
        Assert.Matches("^1463755895123[0-9]{4}$", ClientMsgIds.Next(Now));

    [Fact]
    public void No_two_messages_of_a_process_have_the_same_identity_though_they_go_out_in_one_millisecond()
    {
        var ids = new ConcurrentBag<string>();
        Parallel.For(0, 10_000, _ => ids.Add(ClientMsgIds.Next(Now)));
        Assert.Equal(10_000, ids.Distinct().Count());
    }

    [Fact]
    public void Device_ids_are_e_and_15_digits_and_differ()
    {
        var ids = new HashSet<string>(Enumerable.Range(0, 50).Select(_ => WebCredentials.NewDeviceId()));
        Assert.All(ids, id => Assert.Matches("^e[0-9]{15}$", id));
        Assert.Equal(50, ids.Count);
    }

    [Fact]
    public void Credentials_do_not_show_in_text()
    {
        Assert.Equal("(credentials)", Credentials.ToString());
        Assert.Same(Credentials, Credentials.WithSkey(""));
        Assert.Equal("@crypt_9_9", Credentials.WithSkey("@crypt_9_9").Skey);
    }

    private static WireRequest Message(string to, MessageBody body) =>
        SendRequests.Message(Endpoints, Credentials, new OutgoingMessage("@me", to, body, "17"));

    private static SyncKey Key(string query) => SyncKey.TryParse(query, out SyncKey key) ? key : throw new ArgumentException(query);
}
