using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The endpoints for messages from the client: texts and uploaded media.</summary>
internal sealed class SendEndpoints(World world)
{
    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Prompt("webwxsendmsg", "POST", exchange => Send("webwxsendmsg", exchange)),
        Endpoint.Prompt("webwxsendmsgimg", "POST", exchange => Send("webwxsendmsgimg", exchange)),
        Endpoint.Prompt("webwxsendvideomsg", "POST", exchange => Send("webwxsendvideomsg", exchange)),
        Endpoint.Prompt("webwxsendemoticon", "POST", exchange => Send("webwxsendemoticon", exchange)),
        Endpoint.Prompt("webwxsendappmsg", "POST", exchange => Send("webwxsendappmsg", exchange)),
    ];

    private HttpReply Send(string endpoint, Exchange exchange)
    {
        WebSession session = exchange.SessionOfBody();
        exchange.CheckPassTicket(session, PassTicket(endpoint, exchange));
        JsonElement message = Exchange.Object(exchange.Body, "Msg");
        string? localId = Exchange.Text(message, "LocalID");
        string? clientMsgId = Exchange.Text(message, "ClientMsgId");
        // ItChat reads the clock once for each of the two ids, so they may differ (itchat/components/messages.py).
        bool hasIds = !string.IsNullOrEmpty(clientMsgId) && !string.IsNullOrEmpty(localId);
        if (!hasIds || Exchange.Text(message, "FromUserName") != session.SelfUserName)
        {
            throw new RefusedException(1);
        }

        // The server sends the same refusal without a Scene, and for the account itself, strangers and user names of earlier logins.
        Contact? receiver = session.ContactOf(Exchange.Text(message, "ToUserName"));
        if (Exchange.Number(exchange.Body, "Scene") is null || receiver is null or { Kind: ContactKind.Stranger })
        {
            throw new RefusedException(1204);
        }

        SentMessage sent;
        bool isCopy;
        lock (world.Gate)
        {
            // openwechat forwards a message with the id of the first one (forwardMessage in user.go).
            (Contact, string) identity = (receiver, clientMsgId!);
            isCopy = session.SentByIdentity.TryGetValue(identity, out SentMessage? earlier) && world.Options.DropDuplicateSends;
            if (isCopy)
            {
                sent = earlier!;
                sent.DroppedCopies++;
            }
            else
            {
                sent = Read(endpoint, session, message, receiver, clientMsgId!);
                session.SentByIdentity[identity] = sent;
                world.Sent.Add(sent);
                if (sent.MediaId.Length > 0)
                {
                    world.Media.Keep(sent.MsgId, new StoredMedia(sent.FileName, sent.Data));
                }
            }
        }

        if (!isCopy)
        {
            world.Counters.Send();
            Arrived(sent);
        }

        return JsonReply.Of(json =>
        {
            json.String("MsgID", sent.MsgId);
            json.String("LocalID", localId!);
        });
    }

    /// <summary>Gets the request's ticket. openwechat sends videos with the parameter's name as its value (WebWxSendVideoMsg in client.go).</summary>
    private static string? PassTicket(string endpoint, Exchange exchange)
    {
        string? ticket = exchange.Request.Query.GetValueOrDefault("pass_ticket");
        return endpoint == "webwxsendvideomsg" && ticket == "pass_ticket" ? null : ticket;
    }

    private SentMessage Read(string endpoint, WebSession session, JsonElement message, Contact receiver, string clientMsgId)
    {
        long type = Exchange.Number(message, "Type") ?? throw new RefusedException(1);
        SentMedia media = SentMedia.Read(world.Media, endpoint, (int)type, message);
        return new SentMessage
        {
            MsgId = Ids.MsgId().ToString(CultureInfo.InvariantCulture),
            ClientMsgId = clientMsgId,
            Time = DateTimeOffset.UtcNow,
            Endpoint = endpoint,
            Session = session,
            To = receiver,
            Type = (int)type,
            Text = message.TryGetProperty("Content", out JsonElement content) ? SentText.Read(content) : "",
            MediaId = media.MediaId,
            FileName = media.FileName,
            Data = media.Data,
            Mentions = Mentions(session, Exchange.Text(message, "MsgSource")),
        };
    }

    private static List<Contact> Mentions(WebSession session, string? source)
    {
        const string Open = "<atusername>";
        var mentions = new List<Contact>();
        int from = source?.IndexOf(Open, StringComparison.Ordinal) ?? -1;
        int to = from < 0 ? -1 : source!.IndexOf("</atusername>", from, StringComparison.Ordinal);
        if (to > 0)
        {
            foreach (string name in source![(from + Open.Length)..to].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                mentions.Add(session.ContactOf(name) ?? throw new RefusedException(1));
            }
        }

        return mentions;
    }

    private void Arrived(SentMessage sent)
    {
        if (sent.Endpoint != "webwxsendmsg")
        {
            // After media, the server reports selector 2 until the client uses the new SyncCheckKey.
            Account.AdvanceActivity(world, [sent.Session], selector: 2);
            return;
        }

        string? answer = sent.To.AutoReply?.Invoke(sent.Text);
        if (answer is not null)
        {
            Account account = sent.Session.Account;
            account.Deliver(sent.To.Kind == ContactKind.Group
                ? new IncomingMessage { Group = sent.To.Id, From = sent.To.Members[^1].Person.Id, Text = answer }
                : new IncomingMessage { From = sent.To.Id, Text = answer });
        }
    }
}
