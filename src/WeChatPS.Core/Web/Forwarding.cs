using System.IO;
using System.Xml;
using System.Xml.Linq;

namespace WeChatPS.Web;

/// <summary>Creates the content of a forwarded message from a received or sent message.</summary>
internal static class Forwarding
{
    private static readonly XmlWriterSettings s_xml = new()
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.None,
    };

    /// <summary>Gets the content of a received message for forwarding.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.NotForwardable"/>: messages of this kind cannot be forwarded.</exception>
    public static MessageBody Of(WeChatMessage message)
    {
        WireMessage wire = message.Wire;
        MessageBody? body = message.Kind switch
        {
            // Like the phone: the text without the quoted message.
            MessageKind.Text or MessageKind.Quote when message.Text.Length > 0 => MessageBody.Text(message.Text),
            MessageKind.Image => MessageBody.ForwardedImage(wire.XmlText),
            MessageKind.Video => MessageBody.ForwardedVideo(wire.XmlText),
            MessageKind.Emoticon when message.Content is EmoticonContent { IsFromStore: false, Md5.Length: > 0 } sticker =>
                MessageBody.KnownEmoticon(sticker.Md5),
            MessageKind.Location when LocationReader.Xml(wire) is { } place => MessageBody.Location(Write(place)),
            MessageKind.Location when wire.IsMapText => MessageBody.Text(message.Text),
            MessageKind.File or MessageKind.Link or MessageKind.Music or MessageKind.MiniProgram or MessageKind.ChatHistory or MessageKind.App =>
                App(wire),
            _ => null,
        };
        return body is { Content.Length: > 0 } or { EmoticonMd5.Length: > 0 }
            ? body with { IsForwarded = true }
            : throw NotForwardable($"A message of kind {message.Kind} cannot be forwarded.", message.Id);
    }

    /// <summary>Gets the content of a sent message for forwarding.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.NotForwardable"/>: the receipt has no content, because it was not created by this session.</exception>
    public static MessageBody Of(WeChatReceipt receipt) => receipt.Body is { } body
        ? body with { IsForwarded = true, Mentions = [] }
        : throw NotForwardable("The receipt is not from a message of this PowerShell session, so its content is unknown.", receipt.MessageId);

    // The server finds a file by the media id of this session, not by the sender's id.
    private static MessageBody? App(WireMessage wire)
    {
        if (wire.Xml?.Element("appmsg") is not { } app) return null;
        if (wire.Text("MediaId"u8) is { Length: > 0 } mediaId && app.Element("appattach")?.Element("attachid") is { } attachId)
            attachId.Value = mediaId;
        return MessageBody.App(AppContentReader.TypeOf(wire), Write(app));
    }

    private static string Write(XElement element)
    {
        using var text = new StringWriter();
        using (var writer = XmlWriter.Create(text, s_xml)) element.WriteTo(writer);
        return text.ToString();
    }

    private static WeChatException NotForwardable(string why, string messageId) =>
        new(WeChatErrorReason.NotForwardable, why) { Subject = messageId };
}
