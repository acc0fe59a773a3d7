using System;
using System.Globalization;

namespace WeChatPS.Emulator.Wire;

/// <summary>The XML of an app message. All kinds have the same elements. Unused elements are empty.</summary>
internal sealed record AppXml(int Type, string Title)
{
    public string AppId { get; init; } = "";

    public string Description { get; init; } = "";

    public string Url { get; init; } = "";

    public string DataUrl { get; init; } = "";

    public string Source { get; init; } = "";

    public string AppName { get; init; } = "";

    public string AttachmentId { get; init; } = "";

    public string Extension { get; init; } = "";

    public int Length { get; init; }

    /// <summary>The MD5 of a sticker.</summary>
    public string EmoticonMd5 { get; init; } = "";

    /// <summary>XML with the messages of a chat history.</summary>
    public string Record { get; init; } = "";

    /// <summary>The elements that only this kind has.</summary>
    public string More { get; init; } = "";

    /// <summary>Whether title and description are CDATA, as in transfers.</summary>
    public bool IsCData { get; init; }

    public override string ToString() =>
        $"<msg><appmsg appid=\"{AppId}\" sdkver=\"0\">{Words("title", Title)}{Words("des", Description)}<action>view</action>"
        + Element("type", Number(Type)) + "<showtype>0</showtype><content></content>" + Element("url", Url) + Element("dataurl", DataUrl)
        + $"<lowurl></lowurl><lowdataurl></lowdataurl><recorditem><![CDATA[{Record}]]></recorditem><thumburl></thumburl><messageaction></messageaction>"
        + $"<extinfo></extinfo><sourceusername></sourceusername>{Element("sourcedisplayname", Source)}<commenturl></commenturl>"
        + $"<appattach>{Element("totallen", Number(Length))}{Element("attachid", AttachmentId)}{Element("emoticonmd5", EmoticonMd5)}"
        + $"{Element("fileext", Extension)}<cdnattachurl></cdnattachurl><aeskey></aeskey><encryver>0</encryver></appattach><md5></md5>"
        + $"{More}</appmsg><fromusername></fromusername><scene>0</scene>"
        + $"<appinfo><version>7</version>{Element("appname", AppName)}</appinfo><commenturl></commenturl></msg><br/>\n";

    /// <summary>Creates an element with any text.</summary>
    public static string Element(string name, string text) => $"<{name}>{WireText.XmlValue(text)}</{name}>";

    /// <summary>Creates an element with any text as CDATA.</summary>
    public static string CData(string name, string text) =>
        $"<{name}><![CDATA[{text.Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal)}]]></{name}>";

    private string Words(string name, string text) => IsCData ? CData(name, text) : Element(name, text);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
