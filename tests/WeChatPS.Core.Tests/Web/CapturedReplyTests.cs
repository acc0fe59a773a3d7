using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

/// <summary>What the parsers make of real replies.</summary>
public sealed class CapturedReplyTests
{
    private const string Browser = "2018-12-weixinHttp/session.md";
    private const string WholeInit = "2019-06-webwxinit/webwxinit.full.json";

    [CapturesFact]
    public void Login_texts_mean_what_their_label_says()
    {
        foreach (string line in Captures.Text("docs-misc/login-replies.txt").Split('\n').Skip(1))
        {
            byte[] body = Encoding.UTF8.GetBytes(Regex.Replace(line, "^.{1,40}?(?=window|<error|{)", "").Replace("<LF>", "\n", StringComparison.Ordinal));
            switch (line)
            {
                case var _ when line.Contains("jslogin", StringComparison.Ordinal):
                    Assert.Equal(12, NewCodeReply.Parse(body).Length);
                    break;
                case var _ when line.Contains("login, waiting", StringComparison.Ordinal):
                    Assert.Equal(LoginProgress.Waiting, LoginPollReply.Parse(body).Progress);
                    break;
                case var _ when line.Contains("login, scanned", StringComparison.Ordinal):
                    Assert.Equal(LoginProgress.Scanned, LoginPollReply.Parse(body).Progress);
                    break;
                case var _ when line.Contains("login, confirmed", StringComparison.Ordinal):
                    Uri redirect = LoginPollReply.Parse(body).Redirect!;
                    Assert.Equal("wx.qq.com", WebEndpoints.ForLogin(null).Follow(redirect).Api.Host);
                    Assert.Contains("ticket=", LoginRequests.LoginPage(WebEndpoints.ForLogin(null), redirect, WeChatLoginMode.Web).Uri.Query, StringComparison.Ordinal);
                    break;
                case var _ when line.Contains("<ret>1203", StringComparison.Ordinal):
                    Assert.NotEmpty(LoginPageReply.Parse(body).Message);
                    break;
                case var _ when line.Contains("webwxnewloginpage", StringComparison.Ordinal):
                    Assert.False(LoginPageReply.Parse(body).IsRefused);
                    break;
                case var _ when line.Contains("push login", StringComparison.Ordinal):
                    Assert.True(PushLoginReply.Parse(body).IsAccepted);
                    break;
                case var _ when line.Contains("synccheck", StringComparison.Ordinal):
                    SyncCheckReply reply = SyncCheckReply.Parse(body);
                    Assert.Equal(line.Contains("signed out", StringComparison.Ordinal) ? 1101 : 0, reply.RetCode);
                    Assert.Equal(line.Contains("new", StringComparison.Ordinal) ? 2 : 0, reply.Selector);
                    break;
            }
        }
    }

    [CapturesFact]
    public void A_session_id_with_a_plus_is_escaped()
    {
        string page = Captures.Text("docs-misc/login-replies.txt").Split('\n').First(line => line.Contains("mZ+</wxsid>", StringComparison.Ordinal));
        WebCredentials credentials = LoginPageReply.Parse(Encoding.UTF8.GetBytes(page[page.IndexOf('<', StringComparison.Ordinal)..])).ToCredentials("e1");
        Assert.EndsWith("+", credentials.Sid, StringComparison.Ordinal);
        var cursor = new WebCursor(new SyncKey([new(1, 2)]), null);
        Assert.Contains("mZ%2B&", SyncRequests.Poll(WebEndpoints.ForLogin(null), credentials, cursor, DateTimeOffset.UnixEpoch).Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    [CapturesFact]
    public void An_account_number_beyond_Int32_is_kept()
    {
        using JsonDocument group = JsonDocument.Parse(Captures.Bytes("docs-misc/2016-01-modcontact-group.json"));
        long uin = group.RootElement.GetProperty("MemberList").EnumerateArray().Max(member => member.GetProperty("Uin").GetInt64());
        Assert.True(uin > int.MaxValue);
        byte[] page = Encoding.UTF8.GetBytes(
            $"<error><ret>0</ret><skey>s</skey><wxsid>s</wxsid><wxuin>{uin}</wxuin><pass_ticket>p</pass_ticket></error>");
        Assert.Equal(uin, LoginPageReply.Parse(page).ToCredentials("e1").Uin);
    }

    [CapturesFact]
    public void The_requests_are_those_of_the_browser()
    {
        string session = Captures.Text(Browser);
        string page = Regex.Match(session, "<error>.*?</error>", RegexOptions.Singleline).Value;
        WebCredentials credentials = LoginPageReply.Parse(Encoding.UTF8.GetBytes(page)).ToCredentials("e1");
        WebEndpoints endpoints = WebEndpoints.ForLogin(null);
        var cursor = new WebCursor(new SyncKey([new(1, 2)]), null);
        DateTimeOffset now = DateTimeOffset.UnixEpoch;

        // the ticket comes encoded and is encoded once more
        Assert.Contains("%2B", credentials.PassTicket, StringComparison.Ordinal);
        Assert.Equal(Parameters(session, "POST", "webwxinit")["pass_ticket"], Parameters(LoginRequests.Init(endpoints, credentials, now).Uri)["pass_ticket"]);

        AssertSameNames("GET", "jslogin", LoginRequests.NewCode(endpoints, WeChatLoginMode.Web, now).Uri);
        AssertSameNames("GET", "login", LoginRequests.Poll(endpoints, "x", false, now).Uri);
        AssertSameNames("POST", "webwxinit", LoginRequests.Init(endpoints, credentials, now).Uri);
        AssertSameNames("GET", "synccheck", SyncRequests.Poll(endpoints, credentials, cursor, now).Uri);
        AssertSameNames("POST", "webwxsync", SyncRequests.Fetch(endpoints, credentials, cursor, now).Uri);
        AssertSameNames("POST", "webwxsendmsg", SendRequests.Message(endpoints, credentials, new OutgoingMessage("a", "b", MessageBody.Text("c"), "1")).Uri);
        AssertSameNames("POST", "webwxbatchgetcontact", ContactRequests.Details(endpoints, credentials, ["a"], now).Uri);

        void AssertSameNames(string method, string endpoint, Uri ours)
        {
            SortedSet<string> theirs = [.. Parameters(session, method, endpoint).Keys];
            Assert.Equal(theirs, new SortedSet<string>(Parameters(ours).Keys));
        }
    }

    [CapturesFact]
    public void The_bodies_have_the_browsers_shape()
    {
        string session = Captures.Text(Browser);
        var credentials = new WebCredentials(1, "s", "k", "p", "e1");
        WebEndpoints endpoints = WebEndpoints.ForLogin(null);
        var cursor = new WebCursor(new SyncKey([new(1, 2)]), null);
        AssertSameShape("webwxsync", SyncRequests.Fetch(endpoints, credentials, cursor, DateTimeOffset.UnixEpoch).Body!);
        AssertSameShape("webwxsendmsg", SendRequests.Message(endpoints, credentials, new OutgoingMessage("a", "b", MessageBody.Text("c"), "1")).Body!);
        AssertSameShape("webwxstatusnotify", LoginRequests.StatusNotify(endpoints, credentials, StatusNotifyCode.Started, "a", "a", DateTimeOffset.UnixEpoch).Body!);

        void AssertSameShape(string endpoint, byte[] ours)
        {
            string theirs = Regex.Match(session, $@"POST \S*/{endpoint}[? ].*?(?<body>{{""BaseRequest.*?)\r?\n\r?\n", RegexOptions.Singleline).Groups["body"].Value;
            using JsonDocument expected = JsonDocument.Parse(theirs);
            using JsonDocument actual = JsonDocument.Parse(ours);
            Assert.Equal(Shape(expected.RootElement), Shape(actual.RootElement));
        }
    }

    [CapturesFact]
    public void A_big_first_reply_is_read_whole()
    {
        InitReply reply = InitReply.Parse(Captures.Bytes(WholeInit));
        Assert.True(reply.IsUsable);
        Assert.Equal(11, reply.Contacts.Count);
        Assert.Equal([1, 2, 3, 1000], reply.SyncKey!.List.Select(pair => pair.Key));
        WeChatGroupMember[] members = [.. reply.Contacts.SelectMany(contact => contact.Members)];
        Assert.Equal(2363, members.Length);
        // names come later, by another request
        Assert.All(members, member => Assert.Equal(member.UserName, member.Name));
        Assert.Equal(reply.Contacts.Count(contact => contact.IsGroup), reply.Contacts.Count(contact => contact.Members.Count > 0));
        Assert.Contains(reply.Contacts, contact => contact.Name.StartsWith("🔞 💯❌❤", StringComparison.Ordinal));
        Assert.DoesNotContain(reply.Contacts, contact => contact.Name.Contains("<span", StringComparison.Ordinal));
        Assert.DoesNotContain(reply.Contacts, contact => contact.AvatarPath.Contains("crypt", StringComparison.Ordinal));
    }

    [CapturesFact]
    public void The_list_of_conversations_has_no_doubles_and_no_gaps()
    {
        using JsonDocument init = JsonDocument.Parse(Captures.Bytes(WholeInit));
        string set = init.RootElement.GetProperty("ChatSet").GetString()!;
        InitReply reply = InitReply.Parse(Captures.Bytes(WholeInit));
        Assert.EndsWith(",", set, StringComparison.Ordinal);
        Assert.Equal(reply.Chats.Distinct(), reply.Chats);
        Assert.DoesNotContain("", reply.Chats);
        Assert.All(reply.Chats, chat => Assert.Contains(chat, set, StringComparison.Ordinal));
    }

    [CapturesFact]
    public void Articles_are_those_of_each_message_in_turn()
    {
        using JsonDocument init = JsonDocument.Parse(Captures.Bytes(WholeInit));
        JsonElement[] messages = [.. init.RootElement.GetProperty("MPSubscribeMsgList").EnumerateArray()];
        IReadOnlyList<WeChatArticle> articles = InitReply.Parse(Captures.Bytes(WholeInit)).Articles;
        Assert.Equal(messages.Sum(message => message.GetProperty("MPArticleCount").GetInt32()), articles.Count);
        Assert.Equal(
            messages.SelectMany(message => message.GetProperty("MPArticleList").EnumerateArray().Select(article =>
                (message.GetProperty("UserName").GetString()!, message.GetProperty("Time").GetInt64(), article.GetProperty("Url").GetString()!))),
            articles.Select(article => (article.From.UserName, article.Time.ToUnixTimeSeconds(), article.Url)));
        Assert.All(articles, article => Assert.NotEmpty(article.Title));
        Assert.All(articles, article => Assert.Equal(ContactKind.Official, article.From.Kind));
    }

    [CapturesFact]
    public void A_first_reply_to_a_dead_session_is_its_end()
    {
        InitReply reply = InitReply.Parse(Captures.Bytes("2019-06-webwxinit/webwxinit.ret1.json"));
        Assert.Equal(1, reply.Response.Ret);
        Assert.True(reply.IsSessionOver);
        Assert.Null(reply.User);
        Assert.Null(reply.SyncKey);
    }

    [CapturesFact]
    public void Flags_mean_what_they_did_in_the_browser()
    {
        WeChatContact pinned = InitReply.Parse(Captures.Bytes("2018-12-weixinHttp/webwxinit.reply.json")).Contacts[0];
        Assert.Equal((true, ContactKind.Friend, 34819), (pinned.IsPinned, pinned.Kind, (int)pinned.Flags));
        Assert.Equal(pinned.RemarkName, pinned.Name);

        using JsonDocument raw = JsonDocument.Parse(Captures.Bytes("2016-08-wechat4u/webwxgetcontact.json"));
        ContactPageReply page = ContactPageReply.Parse(Captures.Bytes("2016-08-wechat4u/webwxgetcontact.json"));
        Assert.Equal(0, page.Next);
        Assert.Equal(
            raw.RootElement.GetProperty("MemberList").EnumerateArray().Select(contact => contact.GetProperty("KeyWord").GetString() == "gh_"),
            page.Contacts.Select(contact => contact.Kind == ContactKind.Official));
    }

    [CapturesFact]
    public void Details_bring_members_and_the_groups_key()
    {
        WeChatContact group = Assert.Single(ContactDetailsReply.Parse(Captures.Bytes("2016-08-wechat4u/webwxbatchgetcontact.json")).Contacts);
        Assert.Equal((true, 1), (group.IsGroup, group.MemberCount));
        Assert.StartsWith("@", group.GroupKey, StringComparison.Ordinal);
        Assert.NotEmpty(Assert.Single(group.Members).NickName);
    }

    [CapturesFact]
    public void A_fetch_carries_keys_that_nobody_knows()
    {
        SyncBatchReply reply = SyncBatchReply.Parse(Captures.Bytes("2018-12-weixinHttp/webwxsync.reply.json"));
        Assert.Equal([1, 2, 3, 11, 201, 1000, 1001], reply.FetchKey!.List.Select(pair => pair.Key));
        Assert.Equal("", reply.Skey);
        Assert.False(reply.HasMore);
        Assert.Empty(reply.ChangedContacts);
        // the browser polled with what this fetch had brought
        string polled = Uri.UnescapeDataString(Parameters(Captures.Text(Browser), "GET", "synccheck")["synckey"]);
        Assert.Equal(polled, new WebCursor(new SyncKey([new(1, 1)]), null).After(reply).Poll.ToQuery());
        Assert.Contains("13_", SyncBatchReply.Parse(Captures.Bytes("2016-08-wechat4u/webwxsync.json")).FetchKey!.ToQuery(), StringComparison.Ordinal);
    }

    [CapturesFact]
    public void A_fetch_without_a_check_key_leaves_the_old_one()
    {
        SyncBatchReply reply = SyncBatchReply.Parse(Captures.Bytes("2016-08-wechat4u/webwxsync.json"));
        Assert.Null(reply.CheckKey);
        Assert.Equal(reply.FetchKey, new WebCursor(new SyncKey([new(1, 1)]), null).After(reply).Poll);
        Assert.True(Assert.Single(reply.ChangedContacts).IsGroup);
    }

    [CapturesFact]
    public void The_recent_conversations_give_99_lasting_ids()
    {
        SyncBatchReply reply = SyncBatchReply.Parse(Captures.Bytes("2016-08-wechat4u/webwxsync.json"));
        Assert.Equal(99, reply.StableIds.Count);
        Assert.Contains(new("filehelper", "filehelper"), reply.StableIds);
        Assert.All(reply.StableIds, pair => Assert.Equal(
            pair.Key.StartsWith("@@", StringComparison.Ordinal), pair.Value.EndsWith("@chatroom", StringComparison.Ordinal)));
    }

    [CapturesFact]
    public void Every_captured_reply_is_read()
    {
        foreach (string file in Directory.EnumerateFiles(Captures.Folder, "*.json", SearchOption.AllDirectories))
        {
            byte[] body = File.ReadAllBytes(file);
            using JsonDocument json = JsonDocument.Parse(body);
            if (json.RootElement.TryGetProperty("AddMsgList", out JsonElement messages))
                Assert.Equal(messages.GetArrayLength(), SyncBatchReply.Parse(body).Items.Count);
            // some people masked the whole account
            if (json.RootElement.TryGetProperty("ChatSet", out _) && json.RootElement.GetProperty("User").TryGetProperty("UserName", out _))
                Assert.Equal(json.RootElement.GetProperty("ContactList").GetArrayLength(), InitReply.Parse(body).Contacts.Count);
            if (!json.RootElement.TryGetProperty("MsgID", out JsonElement id)) continue;
            string own = json.RootElement.TryGetProperty("LocalID", out JsonElement given) ? given.GetString()! : "1";
            Assert.Equal(id.GetString(), SendReply.Parse("webwxsendmsg", body, own).MessageId);
        }
    }

    private static Dictionary<string, string> Parameters(string session, string method, string endpoint) =>
        Parameters(new Uri(Regex.Match(session, $@"{method} (?<uri>https://\S*/{endpoint}\?\S*)").Groups["uri"].Value));

    private static Dictionary<string, string> Parameters(Uri uri) => uri.Query.TrimStart('?').Split('&')
        .Select(pair => pair.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => group.First()[1]);

    private static IEnumerable<string> Shape(JsonElement value, string path = "")
    {
        // one list, one kind of item
        return value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Shape(property.Value, $"{path}.{property.Name}")),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Shape(item, path + "[]")).Distinct(),
            _ => [$"{path}: {value.ValueKind}"],
        };
    }
}
