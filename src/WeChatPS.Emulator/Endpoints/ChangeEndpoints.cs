using System;
using System.Collections.Generic;
using System.Text.Json;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The endpoints for recalls, remarks, pins, friend requests and telemetry.</summary>
internal sealed class ChangeEndpoints(World world)
{
    private static readonly TimeSpan s_revokeWindow = TimeSpan.FromMinutes(2);

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Prompt("webwxrevokemsg", "POST", Revoke),
        Endpoint.Prompt("webwxoplog", "POST", Operate),
        Endpoint.Prompt("webwxverifyuser", "POST", Verify),
        Endpoint.Prompt("webwxstatreport", "POST", _ => JsonReply.Of(_ => { })),
    ];

    private HttpReply Revoke(Exchange exchange)
    {
        WebSession session = exchange.SessionOfBody();
        lock (world.Gate)
        {
            // The server uses its own id, because working clients send a new ClientMsgId here.
            string? msgId = Exchange.Text(exchange.Body, "SvrMsgId");
            Contact? receiver = session.ContactOf(Exchange.Text(exchange.Body, "ToUserName"));
            SentMessage? sent = world.Sent.FindLast(m => m.MsgId == msgId && m.Session.Account == session.Account && m.To == receiver);
            bool hasClientId = Exchange.Text(exchange.Body, "ClientMsgId") is { Length: > 0 };
            if (sent is null || !hasClientId || DateTimeOffset.UtcNow - sent.Time > s_revokeWindow)
            {
                throw new RefusedException(-1);
            }

            sent.IsRevoked = true;
        }

        return JsonReply.Of(json =>
        {
            json.String("Introduction", "你可以撤回2分钟内发送的消息（部分旧版本微信不支持这个功能）。");
            json.String("SysWording", "");
        });
    }

    /// <summary>CmdId 2 sets the remark. CmdId 3 pins or unpins, and also sets the remark: without one, the remark is removed.</summary>
    private HttpReply Operate(Exchange exchange)
    {
        WebSession session = exchange.SessionOfBody();
        exchange.CheckPassTicket(session);
        Contact contact = session.ContactOf(Exchange.Text(exchange.Body, "UserName")) ?? throw new RefusedException(1);
        string remark = exchange.Body.TryGetProperty("RemarkName", out JsonElement name) ? SentText.Read(name) : "";
        long? command = Exchange.Number(exchange.Body, "CmdId");
        long? operation = Exchange.Number(exchange.Body, "OP");
        if (command is not (2 or 3) || (command == 3 && operation is not (0 or 1)))
        {
            throw new RefusedException(1);
        }

        if (command == 3)
        {
            contact.IsPinned = operation == 1;
        }

        session.Account.Rename(contact, remarkName: remark);
        return JsonReply.Of(_ => { });
    }

    /// <summary>Opcode 2 sends a friend request, 3 accepts one, and 4 rejects one.</summary>
    private HttpReply Verify(Exchange exchange)
    {
        WebSession session = exchange.SessionOfBody();
        exchange.CheckPassTicket(session);
        JsonElement body = exchange.Body;
        bool isList = body.TryGetProperty("VerifyUserList", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            && list.GetArrayLength() == 1 && Exchange.Number(body, "VerifyUserListSize") == 1;
        if (!isList || Exchange.Text(body, "skey") != session.SKey || list[0].ValueKind != JsonValueKind.Object)
        {
            throw new RefusedException(1);
        }

        FriendRequests requests = session.Account.Requests;
        Contact? person = session.ContactOf(Exchange.Text(list[0], "Value"));
        string? ticket = Exchange.Text(list[0], "VerifyUserTicket");
        switch (Exchange.Number(body, "Opcode"))
        {
            case 2 when person is { Kind: ContactKind.Stranger }:
                requests.Ask(person, Exchange.Text(body, "VerifyContent") ?? "");
                break;
            case 3 when person is not null && requests.OpenedBy(ticket) == person:
                requests.Accept(person);
                break;
            case 4 when person is not null && requests.OpenedBy(ticket) == person:
                requests.Deny(person);
                break;
            default:
                throw new RefusedException(-1);
        }

        return JsonReply.Of(_ => { });
    }
}
