using System.Globalization;
using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads app messages: their XML says more than the fields beside it.</summary>
internal static class AppContentReader
{
    /// <summary>The type number inside the XML; 0 when there is none.</summary>
    public static int TypeOf(WireMessage message) =>
        int.TryParse(message.Xml.Text("appmsg", "type"), NumberStyles.None, CultureInfo.InvariantCulture, out int type) ? type : 0;

    public static object? Read(MessageKind kind, WireMessage message)
    {
        if (kind is not (MessageKind.Link or MessageKind.Music or MessageKind.MiniProgram or MessageKind.Quote or MessageKind.ChatHistory
            or MessageKind.Transfer or MessageKind.App))
            return null;
        XElement? app = message.Xml?.Element("appmsg");
        string title = MessageText.Of(kind, message);
        string description = app.Text("des");
        string url = app.Text("url") is { Length: > 0 } address ? address : WireText.Decode(message.Text("Url"u8));
        return kind switch
        {
            MessageKind.Link => new LinkContent(title, description, url, Source(app, message)),
            MessageKind.Music => new MusicContent(title, description, url, app.Text("dataurl")),
            MessageKind.MiniProgram => new MiniProgramContent(title, Source(app, message), app.Text("weappinfo", "pagepath")),
            MessageKind.Quote => new QuoteContent(
                title, app.Text("refermsg", "svrid"), app.Text("refermsg", "displayname"), app.Text("refermsg", "content")),
            MessageKind.ChatHistory => new ChatHistoryContent(title, description),
            MessageKind.Transfer => new TransferContent(app.Text("wcpayinfo", "feedesc"), app.Text("wcpayinfo", "pay_memo"), description),
            _ => new AppContent(message.AppMsgType != 0 ? message.AppMsgType : TypeOf(message), title, description, url),
        };
    }

    private static string Source(XElement? app, WireMessage message)
    {
        string source = app.Text("sourcedisplayname");
        return source.Length > 0 ? source : message.Xml.Text("appinfo", "appname");
    }
}
