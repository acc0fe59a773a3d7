using System;
using System.Net.Http;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>The requests of the long poll and the fetch.</summary>
internal static class SyncRequests
{
    /// <summary>Longer than the server holds a poll (about 25 s). The official web client uses the same value.</summary>
    public static readonly TimeSpan DefaultPollDeadline = TimeSpan.FromSeconds(35);

    // A valid response has about forty characters.
    private const int MaxPollReply = 64 * 1024;

    /// <summary>Creates a long poll. The parameter must be named <c>synckey</c>: with another spelling, the server responds at once (openwechat issue 541).</summary>
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

    /// <summary>Creates a fetch of the data after the cursor's SyncKey.</summary>
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
