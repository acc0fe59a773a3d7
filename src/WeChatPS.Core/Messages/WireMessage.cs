using System;
using System.Globalization;
using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>
/// A message from the server. The fields that decide on sender and kind are read in one pass, everything else on first use.
/// </summary>
internal sealed class WireMessage
{
    private const int TextType = 1;
    private const int NoticeType = 10000;
    private const string MapText = "http://weixin.qq.com/cgi-bin/redirectforward?args=";
    private static readonly char[] s_blank = [' ', '\n', '\u2005'];

    private readonly ReadOnlyMemory<byte> _raw;
    private int _contentStart;
    private int _contentLength;
    private string _id = "";
    private string? _content;
    private Notice? _notice;
    private bool _isMapLink;
    private bool _namesMap;

    private WireMessage(ReadOnlyMemory<byte> raw) => _raw = raw;

    /// <summary>Whether the item is a message.</summary>
    public bool IsReadable { get; private set; }

    /// <summary>The server's message id, or a substitute number.</summary>
    public string Id => _id.Length > 0 ? _id
        : MessageIdentity.Of(JsonSlice.Root(_raw.Span), _raw.Span).ToString(CultureInfo.InvariantCulture);

    public string From { get; private set; } = "";

    public string To { get; private set; } = "";

    public long CreateTime { get; private set; }

    public int MsgType { get; private set; }

    public int SubMsgType { get; private set; }

    public int AppMsgType { get; private set; }

    /// <summary>The address of the map of a location, in the Url field or, from old phones, as the text; otherwise empty.</summary>
    public string MapUrl => _isMapLink ? WireText.Decode(Text("Url"u8)) : IsMapText ? Body : "";

    /// <summary>Whether the text is only a link to a map.</summary>
    public bool IsMapText => _namesMap && MsgType == TextType
        && Body.StartsWith(MapText, StringComparison.Ordinal) && Body.IndexOfAny(s_blank) < 0;

    /// <summary>Whether this account sent the message.</summary>
    public bool IsFromSelf { get; set; }

    /// <summary>The size in bytes.</summary>
    public int Size => _raw.Length;

    /// <summary>The length of the sender prefix in <see cref="Content"/>.</summary>
    public int PrefixLength { get; set; }

    /// <summary>The content including the prefix.</summary>
    public string Content => _content ??= new JsonSlice(_raw.Span, _contentStart, _contentStart + _contentLength).AsText();

    /// <summary>The decoded content without the prefix. Many kinds have XML there.</summary>
    public string Body => WireText.Decode(PrefixLength == 0 ? Content : Content.Substring(PrefixLength));

    /// <summary>The XML text of the content.</summary>
    public string XmlText => ToXml(PrefixLength == 0 ? Content : Content.Substring(PrefixLength));

    /// <summary>The XML of the content; null if it has none.</summary>
    public XElement? Xml => WireXml.Parse(XmlText);

    /// <summary>The notice of a message of type 10000 or 10002.</summary>
    public Notice Notice => _notice ??= MsgType == NoticeType ? NoticeReader.Sentence(this) : NoticeReader.Command(this);

    /// <summary>The well-formed XML of the message without the session's skey and tickets; empty without XML.</summary>
    public string PublicXml
    {
        get
        {
            XElement? xml = !IsReadable ? null : MsgType is TextType or NoticeType ? ParseXml(Text("OriContent"u8)) : Xml;
            return xml is null ? "" : Public(WireXml.Write(xml));
        }
    }

    /// <summary>The message as JSON, without the session's skey and tickets.</summary>
    public string Raw => Public(WireText.FromUtf8(_raw.Span));

    /// <summary>Reads a message. This method never fails.</summary>
    public static WireMessage Read(ReadOnlyMemory<byte> raw)
    {
        var message = new WireMessage(raw);
        JsonProperties properties = JsonSlice.Root(raw.Span).Properties;
        while (properties.MoveNext())
            message.Take(properties.Current);
        message.IsReadable = properties.IsComplete && message.MsgType != 0;
        return message;
    }

    public string Text(ReadOnlySpan<byte> name) => Find(name).AsText();

    public long Number(ReadOnlySpan<byte> name) => Find(name).AsInt64();

    /// <summary>Gets a property of RecommendInfo, the person of a name card or friend request.</summary>
    public string Recommended(ReadOnlySpan<byte> name) => Find("RecommendInfo"u8).Find(name).AsText();

    public long RecommendedNumber(ReadOnlySpan<byte> name) => Find("RecommendInfo"u8).Find(name).AsInt64();

    /// <summary>Parses XML in a property, which is usually encoded like text.</summary>
    public static XElement? ParseXml(string text) => WireXml.Parse(ToXml(text));

    private static string ToXml(string text)
    {
        bool isPlain = text.StartsWith("<?xml", StringComparison.Ordinal) || text.StartsWith("<msg", StringComparison.Ordinal)
            || text.StartsWith("<sysmsg", StringComparison.Ordinal);
        return isPlain ? text : WireText.Decode(text);
    }

    // 37: a friend request, 40: a friend suggestion, 42: a name card
    private string Public(string text) => Tickets.Strip(Skeys.Strip(text), isAboutPerson: !IsReadable || MsgType is 37 or 40 or 42);

    private JsonSlice Find(ReadOnlySpan<byte> name) => JsonSlice.Root(_raw.Span).Find(name);

    private void Take(JsonProperty property)
    {
        JsonSlice value = property.Value;
        if (property.Is("MsgId"u8))
            _id = value.AsText();
        else if (property.Is("FromUserName"u8))
            From = value.AsText();
        else if (property.Is("ToUserName"u8))
            To = value.AsText();
        else if (property.Is("MsgType"u8))
            MsgType = value.AsInt32();
        else if (property.Is("Content"u8))
        {
            (_contentStart, _contentLength) = (value.Start, value.Length);
            _namesMap = value.Bytes.IndexOf("redirectforward?args="u8) >= 0;
        }
        else if (property.Is("CreateTime"u8))
            CreateTime = value.AsInt64();
        else if (property.Is("AppMsgType"u8))
            AppMsgType = value.AsInt32();
        else if (property.Is("SubMsgType"u8))
            SubMsgType = value.AsInt32();
        else if (property.Is("Url"u8))
            _isMapLink = value.Bytes.IndexOf("//apis.map.qq.com/"u8) >= 0;
    }
}
