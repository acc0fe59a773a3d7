using System;
using System.Collections.Generic;
using System.Globalization;

namespace WeChatPS.Emulator.Wire;

/// <summary>The XML in Content for each kind of message, without the escapes of the wire.</summary>
internal static class MessageXml
{
    public static string Image(int length) =>
        Invariant($"<?xml version=\"1.0\"?>\n<msg>\n\t<img length=\"{length}\" hdlength=\"0\" />\n</msg>\n");

    public static string Voice(TimeSpan duration, int length, long id) =>
        Invariant($"<msg><voicemsg endflag=\"1\" cancelflag=\"0\" forwardflag=\"0\" voiceformat=\"4\" voicelength=\"{duration.TotalMilliseconds:0}\" ")
        + Invariant($"length=\"{length}\" bufid=\"{id}\" clientmsgid=\"{id}\" fromusername=\"\" /></msg>");

    public static string Video(TimeSpan duration, int length) =>
        Invariant($"<?xml version=\"1.0\"?>\n<msg>\n\t<videomsg length=\"{length}\" playlength=\"{duration.TotalSeconds:0}\" isad=\"0\" />\n</msg>\n");

    public static string Emoticon(ReadOnlySpan<byte> data, string productId) =>
        Invariant($"<msg><emoji fromusername=\"\" tousername=\"\" type=\"2\" idbuffer=\"media:0_0\" md5=\"{FileDigest.Of(data)}\" len=\"{data.Length}\" ")
        + $"productid=\"{WireText.XmlValue(productId)}\" cdnurl=\"\" width=\"240\" height=\"240\"></emoji></msg>";

    public static string MapUrl(double latitude, double longitude) =>
        Invariant($"http://apis.map.qq.com/uri/v1/geocoder?coord={latitude:0.######},{longitude:0.######}");

    /// <summary>Gets the text of a location for the web, which is not XML.</summary>
    public static string LocationText(string address, long id) =>
        Invariant($"{address}:\n/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx&msgid={id}&pictype=location");

    public static string Location(double latitude, double longitude, string address, string place) =>
        Invariant($"<?xml version=\"1.0\"?>\n<msg>\n\t<location x=\"{latitude:0.######}\" y=\"{longitude:0.######}\" scale=\"16\" ")
        + $"label=\"{WireText.XmlValue(address)}\" maptype=\"0\" poiname=\"{WireText.XmlValue(place)}\" />\n</msg>\n";

    public static string Call(long id) =>
        Invariant($"<voipinvitemsg><roomid>{id % int.MaxValue}</roomid><key>{id}</key><status>1</status><invitetype>1</invitetype></voipinvitemsg>")
        + "<voipextinfo><recvtime>0</recvtime></voipextinfo>";

    /// <param name="session">The chat's permanent id.</param>
    /// <param name="msgId">The MsgId of the recalled message.</param>
    /// <param name="who">The name of the person who recalls the message, or null for the account itself.</param>
    public static string Recall(string session, string msgId, string? who)
    {
        string words = who is null ? "你撤回了一条消息" : $"\"{who.Replace("]]>", "]] >", StringComparison.Ordinal)}\" 撤回了一条消息";
        return $"<sysmsg type=\"revokemsg\"><revokemsg><session>{session}</session><oldmsgid>1660000000</oldmsgid>{AppXml.Element("msgid", msgId)}"
            + $"<replacemsg><![CDATA[{words}]]></replacemsg></revokemsg></sysmsg>";
    }

    /// <summary>Gets the permanent ids of the recent chats, in the order of StatusNotifyUserName.</summary>
    public static string ChatList(IEnumerable<string> ids) =>
        $"<msg>\n<op id='4'>\n<username>{string.Join(',', ids)}</username>\n</op>\n</msg>";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
