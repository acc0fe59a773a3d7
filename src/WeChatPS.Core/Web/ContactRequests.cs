using System;
using System.Collections.Generic;
using System.Net.Http;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>The requests for the address book and for contact details.</summary>
internal static class ContactRequests
{
    /// <summary>The largest number of contacts in one <see cref="Details"/> request (the limit of the official web client).</summary>
    public const int MaxDetails = 50;

    /// <summary>A page of the address book.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's credentials.</param>
    /// <param name="sequence">0 for the first page, then the <see cref="ContactPageReply.Next"/> of the previous page.</param>
    /// <param name="now">The time.</param>
    public static WireRequest Page(WebEndpoints endpoints, WebCredentials credentials, long sequence, DateTimeOffset now) =>
        new("webwxgetcontact", HttpMethod.Get, new WireQuery(endpoints.Api, WebEndpoints.Prefix + "webwxgetcontact")
            .AddTicket(credentials)
            .Add("r", now.ToUnixTimeMilliseconds())
            .Add("seq", sequence)
            .Add("skey", credentials.Skey)
            .ToUri());

    /// <summary>Requests the details of some contacts, for groups with their members. The server strictly limits the rate of this request.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's credentials.</param>
    /// <param name="userNames">Up to <see cref="MaxDetails"/> user names.</param>
    /// <param name="now">The time.</param>
    /// <param name="groupKey">For members of one group: the group's <see cref="WeChatContact.GroupKey"/>.</param>
    public static WireRequest Details(
        WebEndpoints endpoints, WebCredentials credentials, IReadOnlyCollection<string> userNames, DateTimeOffset now, string groupKey = "")
    {
        if (userNames.Count is 0 or > MaxDetails)
            throw new ArgumentOutOfRangeException(nameof(userNames));
        return LoginRequests.Post("webwxbatchgetcontact", new WireQuery(endpoints.Api, WebEndpoints.Prefix + "webwxbatchgetcontact")
            .Add("type", "ex")
            .Add("r", now.ToUnixTimeMilliseconds())
            .AddTicket(credentials),
            WireJson.Request(credentials, writer =>
            {
                writer.WriteNumber("Count", userNames.Count);
                writer.WriteStartArray("List");
                foreach (string userName in userNames)
                {
                    writer.WriteStartObject();
                    writer.WriteString("UserName", userName);
                    writer.WriteString("EncryChatRoomId", groupKey);
                    writer.WriteEndObject();
                }
                writer.WriteEndArray();
            }));
    }
}
