using System;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The uploaded file of a message; empty for a text.</summary>
internal sealed record SentMedia(string MediaId, string FileName, ReadOnlyMemory<byte> Data)
{
    private static readonly SentMedia s_none = new("", "", default);

    /// <exception cref="RefusedException">The type does not fit the endpoint, or the file was never uploaded.</exception>
    public static SentMedia Read(MediaStore store, string endpoint, int type, JsonElement message)
    {
        bool fits = endpoint switch
        {
            "webwxsendmsg" => type is 1 or 42 or 48,
            "webwxsendmsgimg" => type == 3,
            "webwxsendvideomsg" => type is 43 or 62,
            // openwechat sends stickers with the type of a text (WebWxSendEmoticon in client.go).
            "webwxsendemoticon" => type is 1 or 47,
            // Money and live locations exist only on the phone.
            _ => type is > 0 and not (17 or 2000 or 2001),
        };
        string content = Exchange.Text(message, "Content") ?? "";
        if (!fits || (endpoint == "webwxsendmsg" && content.Length == 0))
        {
            throw new RefusedException(1);
        }

        if (endpoint == "webwxsendmsg")
        {
            return s_none;
        }

        string mediaId = Exchange.Text(message, "MediaId") ?? "";
        if (endpoint == "webwxsendappmsg")
        {
            XElement app = AppMessage(content);
            mediaId = type == 6 ? AttachId(app) : "";
        }

        if (mediaId.Length > 0 && store.Find(mediaId) is { } media)
        {
            if (media.Signature.Length > 0 && Exchange.Text(message, "Signature") != media.Signature)
            {
                throw new RefusedException(1);
            }

            return new(mediaId, media.FileName, media.Data);
        }

        // A forwarded message contains the XML of the received one. A sticker is identified by its MD5.
        bool isForward = mediaId.Length == 0 && (content.Length > 0 || Exchange.Text(message, "EMoticonMd5") is { Length: > 0 });
        return isForward ? s_none : throw new RefusedException(1);
    }

    private static string AttachId(XElement app) => app.Element("appattach")?.Element("attachid")?.Value ?? throw new RefusedException(1);

    private static XElement AppMessage(string xml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var text = new System.IO.StringReader(xml);
            using var reader = XmlReader.Create(text, settings);
            XElement app = XElement.Load(reader);
            return app.Name == "appmsg" ? app : throw new RefusedException(1);
        }
        catch (XmlException)
        {
            throw new RefusedException(1);
        }
    }
}
