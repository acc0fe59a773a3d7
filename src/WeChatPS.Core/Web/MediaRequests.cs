using System;
using System.Collections.Generic;
using System.Net.Http;
using WeChatPS.Http;
using WeChatPS.Media;

namespace WeChatPS.Web;

/// <summary>Where pictures, recordings, videos, files and avatars are.</summary>
internal static class MediaRequests
{
    private const string Reduced = "slave";

    /// <summary>A picture or a sticker; the preview of a video too.</summary>
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

    /// <summary>The map around a place.</summary>
    public static Uri Map(WebEndpoints endpoints, string messageId) =>
        Query(endpoints.Api, "webwxgetpubliclinkimg").Add("url", "xxx").Add("msgid", messageId).Add("pictype", "location").ToUri();

    /// <summary>A file. Clients differ in which of the two names they send; the server gets both.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's.</param>
    /// <param name="dataTicket">The cookie <c>webwx_data_ticket</c>.</param>
    /// <param name="sender">The user name that the message came from.</param>
    /// <param name="file">What the message says about the file.</param>
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

    /// <summary>The picture of a person, an account or a group.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's.</param>
    /// <param name="userName">Whose.</param>
    /// <param name="groupKey">For somebody who is met in a group alone: that group's key.</param>
    /// <param name="isThumbnail">Whether the small one will do.</param>
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

    /// <summary>Asks for what lies behind the bytes that are there already.</summary>
    /// <param name="wanted">What to fetch.</param>
    /// <param name="from">How many bytes are there.</param>
    /// <param name="validator">What tells this version from another one; null when nothing does.</param>
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
