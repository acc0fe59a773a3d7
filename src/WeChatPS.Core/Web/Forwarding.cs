using System.IO;
using System.Xml;
using System.Xml.Linq;

namespace WeChatPS.Web;

/// <summary>Makes of a message that was received, or sent, one that can be sent: a new message with the same content.</summary>
internal static class Forwarding
{
    private static readonly XmlWriterSettings s_xml = new()
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.None,
    };

    /// <summary>The content of a message, to pass on.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.NotForwardable"/>.</exception>
    public static MessageBody Of(WeChatMessage message)
    {
        WireMessage wire = message.Wire;
        MessageBody? body = message.Kind switch
        {
            // as the phone does it: the words alone, not what they quoted
            MessageKind.Text or MessageKind.Quote when message.Text.Length > 0 => MessageBody.Text(message.Text),
            MessageKind.Image => MessageBody.ForwardedImage(wire.XmlText),
            MessageKind.Video => MessageBody.ForwardedVideo(wire.XmlText),
            MessageKind.Emoticon when message.Content is EmoticonContent { IsFromStore: false, Md5.Length: > 0 } picture =>
                MessageBody.KnownEmoticon(picture.Md5),
            MessageKind.Location when LocationReader.Xml(wire) is { } place => MessageBody.Location(Write(place)),
            MessageKind.Location when wire.IsMapText => MessageBody.Text(message.Text),
            MessageKind.File or MessageKind.Link or MessageKind.Music or MessageKind.MiniProgram or MessageKind.ChatHistory or MessageKind.App =>
                App(wire),
            _ => null,
        };
        return body is { Content.Length: > 0 } or { EmoticonMd5.Length: > 0 }
            ? body with { IsForwarded = true }
            : throw NotForwardable($"A message of kind {message.Kind} cannot be passed on.", message.Id);
    }

    /// <summary>What was sent, to send it to somebody else.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.NotForwardable"/>: the receipt no longer knows.</exception>
    public static MessageBody Of(WeChatReceipt receipt) => receipt.Body is { } body
        ? body with { IsForwarded = true, Mentions = [] }
        : throw NotForwardable("This receipt does not come from a message that was sent here: what was sent is not known.", receipt.MessageId);

    // the server looks a file up by the id that this session got, not by the sender's
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
