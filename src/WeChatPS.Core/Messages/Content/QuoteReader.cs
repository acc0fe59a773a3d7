using System.Globalization;
using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads the quoted message.</summary>
internal static class QuoteReader
{
    private const int TextType = 1;
    private const int AppType = 49;

    public static QuoteContent Read(string text, XElement? quoted)
    {
        string content = quoted.Verbatim("content");
        XElement? app = ToInt(quoted.Text("type")) == AppType ? WireMessage.ParseXml(content)?.Element("appmsg") : null;
        MessageKind kind = KindOf(ToInt(quoted.Text("type")), app);
        string shown = kind == MessageKind.Text ? content : app.Verbatim("title");
        return new QuoteContent(text, quoted.Text("svrid"), quoted.Verbatim("displayname"), shown, kind);
    }

    private static MessageKind KindOf(int type, XElement? app) => type switch
    {
        AppType => MessageKinds.OfApp(ToInt(app.Text("type"))),
        0 or TextType => MessageKind.Text, // some phones omit the type
        _ => MessageKinds.OfType(type),
    };

    private static int ToInt(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0;
}
