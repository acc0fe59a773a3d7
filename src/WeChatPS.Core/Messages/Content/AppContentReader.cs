using System;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads the content of app messages, mainly from their XML.</summary>
internal static class AppContentReader
{
    // The amount in WeChat's text, for messages without the field: 收到转账0.10元
    private static readonly Regex s_amount = Pattern(@"[¥￥]?[0-9][0-9,]{0,15}(?:\.[0-9]{1,2})?元|[¥￥][0-9][0-9,]{0,15}(?:\.[0-9]{1,2})?");
    private static readonly Regex s_digits = Pattern(@"[0-9][0-9,]{0,15}(?:\.[0-9]{1,2})?");

    /// <summary>Gets the type number, which may be only in the XML; 0 without one.</summary>
    public static int TypeOf(WireMessage message) => message.AppMsgType != 0 ? message.AppMsgType
        : int.TryParse(message.Xml.Text("appmsg", "type"), NumberStyles.None, CultureInfo.InvariantCulture, out int type) ? type
        : 0;

    public static object? Read(MessageKind kind, WireMessage message)
    {
        if (kind is not (MessageKind.Link or MessageKind.Music or MessageKind.MiniProgram or MessageKind.Quote or MessageKind.ChatHistory
            or MessageKind.Transfer or MessageKind.App))
            return null;
        XElement? app = message.Xml?.Element("appmsg");
        string title = MessageText.Of(kind, message);
        string description = app.Verbatim("des");
        string url = Skeys.StripOwn(app.Text("url") is { Length: > 0 } address ? address : WireText.Decode(message.Text("Url"u8)));
        return kind switch
        {
            MessageKind.Link => new LinkContent(title, description, url, Source(app, message)),
            MessageKind.Music => new MusicContent(title, description, url, app.Text("dataurl")),
            MessageKind.MiniProgram => new MiniProgramContent(title, Source(app, message), app.Text("weappinfo", "pagepath")),
            MessageKind.Quote => QuoteReader.Read(title, app?.Element("refermsg")),
            MessageKind.ChatHistory => new ChatHistoryContent(title, description, ChatHistoryReader.Items(app.Text("recorditem"))),
            MessageKind.Transfer => Transfer(app, description),
            _ => new AppContent(TypeOf(message), title, description, url),
        };
    }

    private static TransferContent Transfer(XElement? app, string description)
    {
        Match said = s_amount.Match(description);
        string amount = app.Text("wcpayinfo", "feedesc") is { Length: > 0 } exact ? exact : said.Value;
        Match digits = s_digits.Match(amount);
        decimal? value = decimal.TryParse(
            digits.Value.Replace(",", ""), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? number : null;
        return new TransferContent(amount, value, app.Verbatim("wcpayinfo", "pay_memo"), description);
    }

    private static string Source(XElement? app, WireMessage message)
    {
        string source = app.Verbatim("sourcedisplayname");
        return source.Length > 0 ? source : message.Xml.Text("appinfo", "appname");
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
