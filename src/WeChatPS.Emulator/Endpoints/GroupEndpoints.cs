using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The endpoints for creating, changing and leaving groups.</summary>
internal sealed class GroupEndpoints(World world)
{
    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Prompt("webwxcreatechatroom", "POST", Create),
        Endpoint.Prompt("webwxupdatechatroom", "POST", Update) with { Refuse = (ret, words) => Members(null, [], ret, words) },
    ];

    private static HttpReply Members(WebSession? session, IReadOnlyCollection<Contact> members, int ret = 0, string words = "") => JsonReply.Of(
        json => WriteMembers(json, session, members),
        ret,
        words);

    private static void WriteMembers(ServerJsonWriter json, WebSession? session, IReadOnlyCollection<Contact> members)
    {
        json.Number("MemberCount", members.Count);
        json.BeginArray("MemberList");
        foreach (Contact member in members)
        {
            ContactJson.WriteMember(json, session!, new GroupMember(member), names: true);
        }

        json.EndArray();
    }

    private HttpReply Create(Exchange exchange)
    {
        WebSession session = exchange.SessionOfBody();
        exchange.CheckPassTicket(session);
        JsonElement body = exchange.Body;
        bool isList = body.TryGetProperty("MemberList", out JsonElement list) && list.ValueKind == JsonValueKind.Array;
        if (!isList || list.GetArrayLength() < 2 || Exchange.Number(body, "MemberCount") != list.GetArrayLength())
        {
            throw new RefusedException(1);
        }

        Contact[] people =
        [
            .. list.EnumerateArray().Select(item => Friend(session, item.ValueKind == JsonValueKind.Object ? Exchange.Text(item, "UserName") : null)),
        ];
        string topic = body.TryGetProperty("Topic", out JsonElement name) ? SentText.Read(name) : "";
        Contact group = session.Account.AddGroup(topic, people.Select(person => new GroupMember(person)), isSaved: false, isOwner: true);
        return JsonReply.Of(
            json =>
            {
                json.String("Topic", WireText.Name(topic));
                json.String("PYInitial", "");
                json.String("QuanPin", "");
                WriteMembers(json, session, people);
                json.String("ChatRoomName", session.UserNameOf(group));
                json.String("BlackList", "");
            },
            words: "Everything is OK");
    }

    private HttpReply Update(Exchange exchange)
    {
        WebSession session = exchange.SessionOfBody();
        exchange.CheckPassTicket(session);
        Contact? group = session.ContactOf(Exchange.Text(exchange.Body, "ChatRoomName"));
        if (group is not { Kind: ContactKind.Group })
        {
            throw new RefusedException(1);
        }

        Account account = session.Account;
        bool isOwner = group.Members[0].Person == account.Me;
        int inviteFrom = world.Options.InviteStartCount;
        switch (exchange.Request.Query.GetValueOrDefault("fun"))
        {
            case "addmember" when People(exchange, "AddMemberList") is var added && group.Members.Count + added.Length < inviteFrom:
                account.ChangeMembers(group, added, []);
                return Members(session, added);
            case "invitemember" when People(exchange, "InviteMemberList") is var invited && group.Members.Count + invited.Length >= inviteFrom:
                account.Invite(group, invited);
                return Members(session, invited);
            case "delmember" when isOwner:
                account.ChangeMembers(group, [], People(exchange, "DelMemberList"));
                return Members(session, []);
            // openwechat sends its removals without a query (RemoveMemberFromChatRoom in client.go), and says that nobody leaves (user.go).
            case null when isOwner && People(exchange, "DelMemberList").Length > 0:
                return Members(session, []);
            case "modtopic" when exchange.Body.TryGetProperty("NewTopic", out JsonElement topic):
                account.Rename(group, nickName: SentText.Read(topic));
                return Members(session, []);
            case "quitchatroom":
                account.Remove(group);
                return Members(session, []);
            default:
                throw new RefusedException(1);
        }

        Contact[] People(Exchange from, string list)
        {
            string[] names = (Exchange.Text(from.Body, list) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
            return names.Length == 0
                ? throw new RefusedException(1)
                : [.. names.Select(name => session.ContactOf(name) ?? throw new RefusedException(1))];
        }
    }

    private Contact Friend(WebSession session, string? userName)
    {
        lock (world.Gate)
        {
            return session.ContactOf(userName) is { Kind: ContactKind.Friend } friend ? friend : throw new RefusedException(1);
        }
    }
}
