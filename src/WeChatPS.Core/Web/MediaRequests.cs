using System;
using System.Collections.Generic;
using System.Net.Http;
using WeChatPS.Http;
using WeChatPS.Media;

namespace WeChatPS.Web;

/// <summary>The addresses of images, voice messages, videos, files and avatars.</summary>
internal static class MediaRequests
{
    // The value of type for a thumbnail in the official web client.
    private const string Reduced = "slave";

    /// <summary>Gets the address of an image, a sticker or a video's thumbnail.</summary>
    public static Uri Image(WebEndpoints endpoints, WebCredentials credentials, string messageId, bool isThumbnail) =>
        Query(endpoints.Api, "webwxgetmsgimg")
            .Add("MsgID", messageId)
            .Add("skey", credentials.Skey)
            .Add("type", isThumbnail ? Reduced : "big")
            .ToUri();

    public static Uri Voice(WebEndpoints endpoints, WebCredentials credentials, string messageId) =>
        Query(endpoints.Api, "webwxgetvoice").Add("msgid", messageId).Add("skey", credentials.Skey).ToUri();

    public static Uri Video(WebEndpoints endpoints, WebCredentials credentials, string messageId) =>
        Query(endpoints.Api, "webwxgetvideo").Add("msgid", messageId).Add("skey", credentials.Skey).ToUri();

    /// <summary>Gets the address of the map of a location.</summary>
    public static Uri Map(WebEndpoints endpoints, string messageId) =>
        Query(endpoints.Api, "webwxgetpubliclinkimg").Add("url", "xxx").Add("msgid", messageId).Add("pictype", "location").ToUri();

    /// <summary>Gets the address of a file. Known clients send either <c>filename</c> or <c>encryfilename</c>. This client sends both.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's credentials.</param>
    /// <param name="dataTicket">The cookie <c>webwx_data_ticket</c>.</param>
    /// <param name="sender">The user name of the message's sender.</param>
    /// <param name="file">The file's data from the message.</param>
    public static Uri File(WebEndpoints endpoints, WebCredentials credentials, string dataTicket, string sender, FileContent file) =>
        Query(endpoints.File, "webwxgetmedia")
            .Add("sender", sender)
            .Add("mediaid", file.MediaId)
            .Add("encryfilename", file.EncodedName)
            .Add("filename", file.Name)
            .Add("fromuser", credentials.Uin)
            .Add("pass_ticket", credentials.PassTicket)
            .Add("webwx_data_ticket", dataTicket)
            .ToUri();

    /// <summary>Gets the address of the avatar of a contact, group or group member.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's credentials.</param>
    /// <param name="userName">The user name.</param>
    /// <param name="groupKey">For a group member who is not a contact: the group's EncryChatRoomId.</param>
    /// <param name="isThumbnail">Whether the small version is requested.</param>
    public static Uri Avatar(WebEndpoints endpoints, WebCredentials credentials, string userName, string groupKey, bool isThumbnail)
    {
        WireQuery query = Query(endpoints.Api, ContactKinds.IsGroup(userName) ? "webwxgetheadimg" : "webwxgeticon")
            .Add("seq", 0)
            .Add("username", userName)
            .Add("skey", credentials.Skey);
        if (!isThumbnail)
            query.Add("type", "big");
        if (groupKey.Length > 0)
            query.Add("chatroomid", groupKey);
        return query.ToUri();
    }

    /// <summary>Requests media from a position on.</summary>
    /// <param name="wanted">The media.</param>
    /// <param name="from">The number of bytes received before.</param>
    /// <param name="validator">The ETag of the received bytes, or null.</param>
    public static WireRequest Get(WantedMedia wanted, long from, string? validator)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (from > 0 || wanted.NeedsRange)
            headers.Add(new("Range", FormattableString.Invariant($"bytes={from}-")));
        if (from > 0 && validator is not null)
            headers.Add(new("If-Range", validator));
        if (wanted.Referer is not null)
            headers.Add(new("Referer", wanted.Referer.AbsoluteUri));
        return new WireRequest(wanted.Endpoint, HttpMethod.Get, wanted.Uri) { Headers = headers };
    }

    private static WireQuery Query(Uri authority, string endpoint) => new(authority, WebEndpoints.Prefix + endpoint);
}
