using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The endpoints that start and end a session: the login page, webwxinit, webwxstatusnotify and webwxlogout.</summary>
internal sealed class SessionEndpoints(World world)
{
    private const string RefusalWords = "当前登录环境异常。为了你的帐号安全，暂时不能登录web微信。你可以通过Windows微信、Mac微信或者手机客户端微信登录。";

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Prompt("webwxnewloginpage", "GET", LoginPage) with { Refuse = RefusedPage },
        Endpoint.Prompt("webwxinit", "POST", Init) with { Refuse = (ret, _) => Initial(null, ret) },
        Endpoint.Prompt("webwxstatusnotify", "POST", StatusNotify),
        Endpoint.Prompt("webwxlogout", null, Logout),
    ];

    private static HttpReply RefusedPage(int ret, string words) => HttpReply.Of(
        "text/plain;charset=utf-8",
        string.Create(CultureInfo.InvariantCulture, $"<error><ret>{ret}</ret><message>{WireText.XmlValue(words)}</message></error>"));

    private HttpReply LoginPage(Exchange exchange)
    {
        HttpRequest request = exchange.Request;
        bool isDesktop = request.Header("client-version") is not null && request.Header("extspam") is not null;
        if (exchange.HasFault(FaultKind.Refused1203) || (world.Options.DesktopOnly && !isDesktop))
        {
            return RefusedPage(1203, exchange.Fault?.Text ?? RefusalWords);
        }

        if (exchange.HasFault(FaultKind.LoginElsewhere))
        {
            string target = WireText.XmlValue(exchange.Fault!.Text ?? "https://wx2.qq.com/?&lang=zh_CN");
            return HttpReply.Of("text/plain;charset=utf-8", $"<error><ret>0</ret><message></message><redirecturl>{target}</redirecturl></error>");
        }

        WebSession? session = world.OpenSession(request.Query.GetValueOrDefault("ticket"));
        if (session is null)
        {
            return RefusedPage(1203, "check ticket failed");
        }

        string xml = string.Create(
            CultureInfo.InvariantCulture,
            $"<error><ret>0</ret><message></message><skey>{session.SKey}</skey><wxsid>{session.Sid}</wxsid><wxuin>{session.Account.Uin}</wxuin>")
            + $"<pass_ticket>{session.PassTicket}</pass_ticket><isgrayscale>1</isgrayscale></error>";
        HttpReply reply = HttpReply.Of("text/plain;charset=utf-8", xml);
        bool moved = world.Options.LoginPage == LoginPageStyle.Moved
            || (world.Options.LoginPage == LoginPageStyle.Automatic && request.Query.GetValueOrDefault("version") != "v2");
        reply.Status = moved ? 301 : 200;
        SessionCookies.Set(reply, session, world.Home);
        return reply;
    }

    private HttpReply Init(Exchange exchange)
    {
        WebSession session = exchange.SessionOfBody();
        exchange.CheckPassTicket(session);
        return Initial(session, 0);
    }

    /// <summary>A refused webwxinit contains all members too, but empty.</summary>
    private HttpReply Initial(WebSession? session, int ret)
    {
        lock (world.Gate)
        {
            HttpReply reply = JsonReply.Of(json => WriteInitial(json, session), ret);
            if (session is { IsInitialized: false })
            {
                // Written after the keys were read, so that the first fetch returns it.
                session.IsInitialized = true;
                session.Account.DeliverPending(session);
            }

            return reply;
        }
    }

    private void WriteInitial(ServerJsonWriter json, WebSession? session)
    {
        IReadOnlyList<Contact> chats = session is null ? [] : RecentChats.Of(session.Account);
        json.Number("Count", chats.Count);
        json.BeginArray("ContactList");
        var chatSet = new StringBuilder();
        foreach (Contact chat in chats)
        {
            ContactJson.Write(json, session!, chat, ContactJson.Detail.NamelessMembers);
            chatSet.Append(session!.UserNameOf(chat)).Append(',');
        }

        json.EndArray();
        SyncKeys.Write(json, "SyncKey", session is null ? [] : KeyRing.AtLogin(session));
        WriteUser(json, session);

        // The real list contains duplicates and ends in a comma.
        json.String("ChatSet", session is null ? "" : chatSet.Append("filehelper,").ToString());
        json.String("SKey", session?.SKey ?? "");
        json.Number("ClientVersion", session is null ? 0 : 385_876_258);
        json.Number("SystemTime", session is null ? 0 : DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        json.Number("GrayScale", session is null ? 0 : 1);
        json.Number("InviteStartCount", session is null ? 0 : world.Options.InviteStartCount);
        WritePublications(json, session);
        json.Number("ClickReportInterval", session is null ? 0 : 600_000);
    }

    /// <summary>Writes the articles of official accounts, the latest first.</summary>
    private static void WritePublications(ServerJsonWriter json, WebSession? session)
    {
        IReadOnlyList<Publication> publications = session?.Account.Published ?? [];
        json.Number("MPSubscribeMsgCount", publications.Count);
        json.BeginArray("MPSubscribeMsgList");
        foreach (Publication publication in publications.Reverse())
        {
            json.BeginObject();
            json.String("UserName", session!.UserNameOf(publication.From));
            json.Number("MPArticleCount", publication.Articles.Count);
            json.BeginArray("MPArticleList");
            foreach (Article article in publication.Articles)
            {
                json.BeginObject();
                json.String("Title", WireText.Name(article.Title));
                json.String("Digest", WireText.Name(article.Digest));
                json.String("Cover", article.Cover);
                json.String("Url", article.Url);
                json.EndObject();
            }

            json.EndArray();
            json.Number("Time", publication.Time.ToUnixTimeSeconds());
            json.String("NickName", WireText.Name(publication.From.NickName));
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteUser(ServerJsonWriter json, WebSession? session)
    {
        Contact? me = session?.Account.Me;
        json.BeginObject("User");
        json.Number("Uin", session?.Account.Uin ?? 0);
        json.String("UserName", session?.SelfUserName ?? "");
        json.String("NickName", WireText.Name(me?.NickName ?? ""));
        json.String("HeadImgUrl", session is null ? "" : ContactJson.AvatarUrl(session, me!, session.SKey));
        json.String("RemarkName", "");
        json.String("PYInitial", "");
        json.String("PYQuanPin", "");
        json.String("RemarkPYInitial", "");
        json.String("RemarkPYQuanPin", "");
        json.Number("HideInputBarFlag", 0);
        json.Number("StarFriend", 0);
        json.Number("Sex", me?.Sex ?? 0);
        json.String("Signature", me?.Signature ?? "");
        json.Number("AppAccountFlag", 0);
        json.Number("VerifyFlag", 0);
        json.Number("ContactFlag", 0);
        json.Number("WebWxPluginSwitch", 0);
        json.Number("HeadImgFlag", session is null ? 0 : 1);
        json.Number("SnsFlag", session is null ? 0 : 17);
        json.EndObject();
    }

    private HttpReply StatusNotify(Exchange exchange)
    {
        WebSession session = exchange.SessionOfBody();
        exchange.CheckPassTicket(session);
        long code = Exchange.Number(exchange.Body, "Code") ?? throw new RefusedException(1);
        if (code == 3)
        {
            world.SessionReady?.Invoke(session);
        }

        return JsonReply.Of(json => json.String("MsgID", Ids.MsgId().ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Logs out and redirects the browser to the login page. The response never contains JSON.</summary>
    private HttpReply Logout(Exchange exchange)
    {
        try
        {
            world.End(exchange.SessionOfQuery(), 1101);
        }
        catch (RefusedException)
        {
            // Without a live session, the response is the same.
        }

        return new HttpReply { Status = 301 }.With("Location", $"{world.Home}?lang=zh_CN").With("Content-Type", "text/html");
    }
}
