using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The endpoints for images, voice messages, videos, files and avatars. Missing media gets status 200 with an empty body, like on the real server.</summary>
internal sealed class DownloadEndpoints(World world)
{
    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Prompt("webwxgetmsgimg", "GET", Image),
        Endpoint.Prompt("webwxgetvoice", "GET", exchange => Recording(exchange, "audio/mp3")),
        Endpoint.Prompt("webwxgetvideo", "GET", Video),
        Endpoint.Prompt("webwxgetmedia", "GET", File),
        Endpoint.Prompt("webwxgeticon", "GET", Avatar),
        Endpoint.Prompt("webwxgetheadimg", "GET", Avatar),
        Endpoint.Prompt("webwxgetpubliclinkimg", "GET", Map),
    ];

    private static HttpReply Bytes(string contentType, ReadOnlyMemory<byte> data) =>
        HttpReply.Of(contentType, data).With("Cache-control", "max-age=604800");

    private HttpReply Image(Exchange exchange)
    {
        exchange.SessionOfQuery();
        IReadOnlyDictionary<string, string> query = exchange.Request.Query;
        ReadOnlyMemory<byte> data = Find(MsgId(query));
        bool isThumbnail = query.GetValueOrDefault("type") == "slave" && !data.IsEmpty;
        string type = data.Span.StartsWith("GIF8"u8) && !isThumbnail ? "image/gif" : "image/jpeg";
        return Bytes(type, isThumbnail ? SampleMedia.Jpeg : data);
    }

    private HttpReply Recording(Exchange exchange, string contentType)
    {
        exchange.SessionOfQuery();
        return Part(exchange, contentType, Find(MsgId(exchange.Request.Query)));
    }

    // The browser sends MsgID for images and msgid for the rest. ItChat sends msgid everywhere (itchat/components/messages.py).
    private static string? MsgId(IReadOnlyDictionary<string, string> query) => query.GetValueOrDefault("msgid") ?? query.GetValueOrDefault("MsgID");

    private static HttpReply Part(Exchange exchange, string contentType, ReadOnlyMemory<byte> data) =>
        exchange.Request.Header("Range") is { } range && !data.IsEmpty ? ByteRange.Reply(contentType, data, range) : Bytes(contentType, data);

    private HttpReply Video(Exchange exchange) => exchange.Request.Header("Range") is null
        ? Bytes("video/mp4", ReadOnlyMemory<byte>.Empty)
        : Recording(exchange, "video/mp4");

    private HttpReply File(Exchange exchange)
    {
        WebSession session = exchange.SessionOfCookies();
        IReadOnlyDictionary<string, string> query = exchange.Request.Query;
        exchange.CheckPassTicket(session);
        bool isNamed = query.ContainsKey("filename") || query.ContainsKey("encryfilename");
        if (!session.DataTicket.Accepts(query.GetValueOrDefault("webwx_data_ticket")) || !isNamed || !query.ContainsKey("sender"))
        {
            throw new RefusedException(1101);
        }

        const string type = "application/octet-stream";
        ReadOnlyMemory<byte> data = Find(query.GetValueOrDefault("mediaid"));
        return world.Options.FileRanges ? Part(exchange, type, data) : Bytes(type, data);
    }

    /// <summary>The avatar of a contact. Addresses from group details have no skey, so the cookies are enough.</summary>
    private HttpReply Avatar(Exchange exchange)
    {
        IReadOnlyDictionary<string, string> query = exchange.Request.Query;
        string? skey = query.GetValueOrDefault("skey");
        WebSession session = string.IsNullOrEmpty(skey) ? exchange.SessionOfCookies() : exchange.SessionOfQuery();

        // The addresses in contacts say username. ItChat writes userName (itchat/components/contact.py).
        string? name = query.GetValueOrDefault("username") ?? query.GetValueOrDefault("userName");
        Contact? contact = name == session.SelfUserName ? session.Account.Me : session.ContactOf(name);
        return Bytes("image/jpeg", contact is null ? ReadOnlyMemory<byte>.Empty : Portrait(contact));
    }

    /// <summary>Creates an image that differs for each contact: its comment contains the contact's name.</summary>
    private static byte[] Portrait(Contact contact)
    {
        byte[] words = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{contact.Id} {contact.Version}"));
        ReadOnlySpan<byte> picture = SampleMedia.Jpeg.Span;
        return [.. picture[..2], 0xff, 0xfe, 0, (byte)(words.Length + 2), .. words, .. picture[2..]];
    }

    private HttpReply Map(Exchange exchange)
    {
        exchange.SessionOfCookies();
        return Bytes("image/jpeg", SampleMedia.Jpeg);
    }

    private ReadOnlyMemory<byte> Find(string? id)
    {
        lock (world.Gate)
        {
            return world.Media.Find(id)?.Data ?? ReadOnlyMemory<byte>.Empty;
        }
    }
}
