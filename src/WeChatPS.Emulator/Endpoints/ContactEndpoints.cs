using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The address book and the details of groups.</summary>
internal sealed class ContactEndpoints(World world)
{
    private const int MaxBatch = 50;

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Prompt("webwxgetcontact", null, AddressBook),
        Endpoint.Prompt("webwxbatchgetcontact", "POST", Details),
    ];

    private HttpReply AddressBook(Exchange exchange)
    {
        WebSession session = exchange.SessionOfQuery();
        exchange.CheckPassTicket(session);
        string seq = exchange.Request.Query.GetValueOrDefault("seq", "0");
        if (!int.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out int from))
        {
            throw new RefusedException(1);
        }

        lock (world.Gate)
        {
            // Groups that are not saved appear only in the recent chats.
            var book = session.Account.ContactList.Where(c => c.Kind != ContactKind.Group || c.IsSaved).ToList();
            var page = book.Skip(from).Take(world.Options.ContactsPerPage).ToList();
            int next = from + page.Count;
            return JsonReply.Of(json =>
            {
                json.Number("MemberCount", page.Count);
                json.BeginArray("MemberList");
                foreach (Contact contact in page)
                {
                    ContactJson.Write(json, session, contact, ContactJson.Detail.NoMembers);
                }

                json.EndArray();
                json.Number("Seq", next < book.Count ? next : 0);
            });
        }
    }

    private HttpReply Details(Exchange exchange)
    {
        WebSession session = exchange.SessionOfBody();
        exchange.CheckPassTicket(session);
        bool isList = exchange.Body.TryGetProperty("List", out JsonElement list) && list.ValueKind == JsonValueKind.Array;
        if (!isList || list.GetArrayLength() > MaxBatch || Exchange.Number(exchange.Body, "Count") != list.GetArrayLength())
        {
            throw new RefusedException(1);
        }

        lock (world.Gate)
        {
            // Like the real server: unknown user names are left out, and the order differs from the request.
            List<(Contact Contact, bool IsMet)> found =
            [
                .. list.EnumerateArray().Reverse().Select(item => (Contact: Find(session, item), item))
                    .Where(one => one.Contact is not null).Select(one => (one.Contact!, IsMet(session, one.Contact!, one.item))),
            ];
            return JsonReply.Of(json =>
            {
                json.Number("Count", found.Count);
                json.BeginArray("ContactList");
                foreach ((Contact contact, bool isMet) in found)
                {
                    ContactJson.Write(json, session, contact, ContactJson.Detail.Full, isMet);
                }

                json.EndArray();
            });
        }
    }

    // Whether the item contains the key of a group that the person belongs to.
    private static bool IsMet(WebSession session, Contact person, JsonElement item)
    {
        string? key = Exchange.Text(item, "EncryChatRoomId");
        return session.Account.ContactList.Any(group => group.Kind == ContactKind.Group
            && group.Members.Any(member => member.Person == person) && ContactJson.GroupKey(session, group) == key);
    }

    private static Contact? Find(WebSession session, JsonElement item)
    {
        string? name = item.ValueKind == JsonValueKind.Object ? Exchange.Text(item, "UserName") : null;
        return name == session.SelfUserName ? session.Account.Me : session.ContactOf(name);
    }
}
