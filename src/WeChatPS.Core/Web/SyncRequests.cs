using System;
using System.Net.Http;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>The long poll and the fetch.</summary>
internal static class SyncRequests
{
    /// <summary>The server holds a poll for about 25 s; a deadline below that would cut every quiet one.</summary>
    public static readonly TimeSpan DefaultPollDeadline = TimeSpan.FromSeconds(35);

    // a line of some forty characters is all that belongs there
    private const int MaxPollReply = 64 * 1024;

    /// <summary>One long poll. Every name is spelt as the server wants it: to another spelling of <c>synckey</c> it answers at once.</summary>
    public static WireRequest Poll(
        WebEndpoints endpoints, WebCredentials credentials, WebCursor cursor, DateTimeOffset now, TimeSpan? deadline = null) =>
        new("synccheck", HttpMethod.Get, new WireQuery(endpoints.Push, WebEndpoints.Prefix + "synccheck")
            .Add("r", now.ToUnixTimeMilliseconds())
            .Add("skey", credentials.Skey)
            .Add("sid", credentials.Sid)
            .Add("uin", credentials.Uin)
            .Add("deviceid", credentials.DeviceId)
            .Add("synckey", cursor.Poll.ToQuery())
            .Add("_", now.ToUnixTimeMilliseconds())
            .ToUri())
        { Deadline = deadline ?? DefaultPollDeadline, BodyLimit = MaxPollReply };

    /// <summary>Fetches what follows the cursor's SyncKey.</summary>
    public static WireRequest Fetch(WebEndpoints endpoints, WebCredentials credentials, WebCursor cursor, DateTimeOffset now) =>
        LoginRequests.Post("webwxsync", new WireQuery(endpoints.Api, WebEndpoints.Prefix + "webwxsync")
            .Add("sid", credentials.Sid)
            .Add("skey", credentials.Skey)
            .AddTicket(credentials),
            WireJson.Request(credentials, writer =>
            {
                cursor.Fetch.Write(writer, "SyncKey");
                writer.WriteNumber("rr", LoginRequests.Inverted(now));
            }));
}
