using System;
using System.Collections.Generic;
using System.Globalization;

namespace WeChatPS.Emulator.Wire;

/// <summary>The XML inside Content, by kind of message, escaped as it stands on the wire.</summary>
internal static class MessageXml
{
    public static string Image(int length) => WireText.Xml(
        Invariant($"<?xml version=\"1.0\"?>\n<msg>\n\t<img length=\"{length}\" hdlength=\"0\" />\n</msg>\n"));

    public static string Voice(TimeSpan duration, int length, long id) => WireText.Xml(
        Invariant($"<msg><voicemsg endflag=\"1\" cancelflag=\"0\" forwardflag=\"0\" voiceformat=\"4\" voicelength=\"{duration.TotalMilliseconds:0}\" ")
        + Invariant($"length=\"{length}\" bufid=\"{id}\" clientmsgid=\"{id}\" fromusername=\"\" /></msg>"));

    public static string Video(TimeSpan duration, int length) => WireText.Xml(
        Invariant($"<?xml version=\"1.0\"?>\n<msg>\n\t<videomsg length=\"{length}\" playlength=\"{duration.TotalSeconds:0}\" isad=\"0\" />\n</msg>\n"));

    public static string Emoticon(ReadOnlySpan<byte> data) => WireText.Xml(
        Invariant($"<msg><emoji fromusername=\"\" tousername=\"\" type=\"2\" md5=\"{FileDigest.Of(data)}\" len=\"{data.Length}\" ")
        + "productid=\"\" cdnurl=\"\" width=\"240\" height=\"240\"></emoji></msg>");

    public static string File(string name, int length, string mediaId) => WireText.Xml(
        $"<msg><appmsg appid=\"wx6618f1cfc6c132f8\" sdkver=\"0\"><title>{WireText.XmlValue(name)}</title><des></des><action>view</action>"
        + "<type>6</type><showtype>0</showtype><content></content><url></url><appattach>"
        + Invariant($"<totallen>{length}</totallen><attachid>{mediaId}</attachid><fileext>{WireText.XmlValue(Extension(name))}</fileext>")
        + "</appattach></appmsg><fromusername></fromusername><scene>0</scene><appinfo><version>7</version><appname>微信电脑版</appname></appinfo></msg>")
        + "&lt;br/&gt;<br/>";

    public static string Link(string title, string description, string url) => WireText.Xml(
        $"<msg><appmsg appid=\"\" sdkver=\"0\"><title>{WireText.XmlValue(title)}</title><des>{WireText.XmlValue(description)}</des>"
        + $"<action>view</action><type>5</type><showtype>0</showtype><content></content><url>{WireText.XmlValue(url)}</url></appmsg>"
        + "<fromusername></fromusername><scene>0</scene><appinfo><version>1</version><appname></appname></appinfo></msg>");

    public static string MapUrl(double latitude, double longitude) =>
        Invariant($"http://apis.map.qq.com/uri/v1/geocoder?coord={latitude:0.######},{longitude:0.######}");

    public static string LocationText(string address, long id) =>
        Invariant($"{WireText.Message(address)}:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx&amp;msgid={id}&amp;pictype=location");

    public static string Location(double latitude, double longitude, string address, string place) => WireText.Xml(
        Invariant($"<?xml version=\"1.0\"?>\n<msg>\n\t<location x=\"{latitude:0.######}\" y=\"{longitude:0.######}\" scale=\"16\" ")
        + $"label=\"{WireText.XmlValue(address)}\" maptype=\"0\" poiname=\"{WireText.XmlValue(place)}\" />\n</msg>\n");

    public static string Card(string name, string id) => WireText.Xml(
        $"<?xml version=\"1.0\"?>\n<msg bigheadimgurl=\"\" smallheadimgurl=\"\" username=\"{id}\" nickname=\"{WireText.XmlValue(name)}\" "
        + "shortpy=\"\" alias=\"\" imagestatus=\"3\" scene=\"17\" province=\"\" city=\"\" sign=\"\" sex=\"0\" certflag=\"0\" certinfo=\"\" />\n");

    public static string Recall(string session, string msgId, string who) => WireText.Xml(
        $"<sysmsg type=\"revokemsg\">\n\t<revokemsg>\n\t\t<session>{session}</session>\n\t\t<oldmsgid>1660000000</oldmsgid>\n"
        + $"\t\t<msgid>{WireText.XmlValue(msgId)}</msgid>\n\t\t<replacemsg><![CDATA[\"{who}\" 撤回了一条消息]]></replacemsg>\n\t</revokemsg>\n</sysmsg>\n");

    public static string FriendRequest(string name, string id, string greeting, string ticket) => WireText.Xml(
        $"<msg fromusername=\"{id}\" encryptusername=\"v1_{id}@stranger\" fromnickname=\"{WireText.XmlValue(name)}\" "
        + $"content=\"{WireText.XmlValue(greeting)}\" shortpy=\"\" imagestatus=\"3\" scene=\"6\" country=\"\" province=\"\" city=\"\" sign=\"\" "
        + $"percard=\"0\" sex=\"0\" alias=\"\" weibo=\"\" snsflag=\"0\" bigheadimgurl=\"\" smallheadimgurl=\"\" ticket=\"{ticket}\" opcode=\"2\">"
        + "<brandlist count=\"0\" ver=\"680000000\"></brandlist></msg>");

    /// <summary>Permanent ids of the recent chats, in the order of StatusNotifyUserName.</summary>
    public static string ChatList(IEnumerable<string> ids) =>
        WireText.Xml($"<msg>\n<op id='4'>\n<username>{string.Join(',', ids)}</username>\n</op>\n</msg>");

    private static string Extension(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[(dot + 1)..];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
