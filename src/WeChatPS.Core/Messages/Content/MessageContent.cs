using System;
using System.Globalization;
using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads the content of a message in addition to its text.</summary>
internal static class MessageContent
{
    private const int NoticeType = 10000;
    private const int CommandType = 10002;
    private const int CallInviteType = 53;

    public static object? Of(MessageKind kind, WireMessage message) => kind switch
    {
        MessageKind.Unparsed => null,
        _ when message.MsgType is NoticeType or CommandType => message.Notice.Content,
        MessageKind.Image => Image(message),
        MessageKind.Voice => new VoiceContent(TimeSpan.FromMilliseconds(Length(message.Number("VoiceLength"u8)))),
        MessageKind.Video => Video(message),
        MessageKind.Emoticon => Emoticon(message),
        MessageKind.File => File(message),
        MessageKind.Location => LocationReader.Read(message),
        MessageKind.Card or MessageKind.FriendSuggestion => PersonReader.Card(message),
        MessageKind.FriendRequest => PersonReader.Request(message),
        MessageKind.Status => Status(message),
        MessageKind.LiveLocation => new LiveLocationContent(false),
        MessageKind.Call => Call(message),
        MessageKind.RedPacket => new RedPacketContent(message.From.Length == 0 || message.IsFromSelf, MessageText.Of(kind, message)),
        _ => AppContentReader.Read(kind, message),
    };

    private static ImageContent Image(WireMessage message) => new(
        Length(message.Number("ImgWidth"u8)), Length(message.Number("ImgHeight"u8)), Size(message.Xml?.Element("img"), "length"));

    private static VideoContent Video(WireMessage message) => new(
        TimeSpan.FromSeconds(Length(message.Number("PlayLength"u8))),
        Length(message.Number("ImgWidth"u8)),
        Length(message.Number("ImgHeight"u8)),
        Size(message.Xml?.Element("videomsg"), "length"));

    private static EmoticonContent Emoticon(WireMessage message)
    {
        XElement? xml = message.Xml;
        XElement? emoji = xml?.Element("emoji");
        string digest = emoji.AttributeText("md5");
        return new EmoticonContent(
            digest.Length > 0 ? digest : xml.Text("appmsg", "appattach", "emoticonmd5"),
            Length(message.Number("ImgWidth"u8)),
            Length(message.Number("ImgHeight"u8)),
            Size(emoji, "len"),
            message.Number("HasProductId"u8) != 0);
    }

    private static FileContent File(WireMessage message)
    {
        XElement? app = message.Xml?.Element("appmsg");
        string name = WireText.Decode(message.Text("FileName"u8));
        long size = message.Number("FileSize"u8);
        if (name.Length == 0)
            name = app.Verbatim("title");
        if (size <= 0)
            size = Math.Max(0, ToInt64(app.Text("appattach", "totallen")));
        return new FileContent(name, size)
        {
            MediaId = message.Text("MediaId"u8),
            EncodedName = message.Text("EncryFileName"u8),
        };
    }

    private static StatusContent Status(WireMessage message) => new(
        Length(message.Number("StatusNotifyCode"u8)),
        message.Text("StatusNotifyUserName"u8).Split([','], StringSplitOptions.RemoveEmptyEntries));

    private static CallContent Call(WireMessage message)
    {
        XElement? xml = message.Xml;
        XElement? invite = xml?.Name.LocalName == "voipinvitemsg" ? xml : xml?.Element("voipinvitemsg");
        bool? isVideo = invite.Text("invitetype") switch { "0" => true, "1" => false, _ => null };
        return new CallContent(message.MsgType == CallInviteType || invite is not null, isVideo);
    }

    private static long Size(XElement? element, string attribute) => Math.Max(0, ToInt64(element.AttributeText(attribute)));

    private static long ToInt64(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : 0;

    private static int Length(long value) => (int)Math.Min(Math.Max(value, 0), int.MaxValue);
}
