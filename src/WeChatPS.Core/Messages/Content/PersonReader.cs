using System;
using System.Globalization;
using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads the person of a name card, friend suggestion or friend request, from RecommendInfo and the XML.</summary>
internal static class PersonReader
{
    private const int OfficialFlag = 8;

    public static CardContent Card(WireMessage message)
    {
        XElement? xml = message.Xml;
        return new CardContent(
            message.Recommended("UserName"u8),
            Name(message),
            FromEither(message.Recommended("Alias"u8), xml, "alias"),
            ToGender(message, xml),
            FromEither(message.Recommended("Province"u8), xml, "province"),
            FromEither(message.Recommended("City"u8), xml, "city"))
        {
            Signature = FromEither(message.Recommended("Signature"u8), xml, "sign"),
            IsOfficial = (message.RecommendedNumber("VerifyFlag"u8) & OfficialFlag) != 0 || (ToInt(xml.AttributeText("certflag")) & OfficialFlag) != 0
                || xml.AttributeText("username").StartsWith("gh_", StringComparison.Ordinal),
            Certification = xml.AttributeText("certinfo"),
            PictureUrl = Picture(xml),
        };
    }

    public static FriendRequestContent Request(WireMessage message)
    {
        XElement? xml = message.Xml;
        return new FriendRequestContent(
            message.Recommended("UserName"u8),
            Name(message),
            Greeting(message),
            ToGender(message, xml),
            FromEither(message.Recommended("Province"u8), xml, "province"),
            FromEither(message.Recommended("City"u8), xml, "city"),
            (int)Math.Min(Math.Max(message.RecommendedNumber("Scene"u8), 0), int.MaxValue))
        {
            Alias = FromEither(message.Recommended("Alias"u8), xml, "alias"),
            Signature = FromEither(message.Recommended("Signature"u8), xml, "sign"),
            PictureUrl = Picture(xml),
            GroupId = xml.AttributeText("chatroomusername"),
            SourceName = xml.AttributeText("sourcenickname"),
            SharedBy = xml.AttributeText("sharecardnickname"),
            Ticket = message.Recommended("Ticket"u8),
        };
    }

    /// <summary>Gets the person's name.</summary>
    public static string Name(WireMessage message)
    {
        if (message.Recommended("NickName"u8) is { Length: > 0 } name)
            return WireText.Decode(name);
        XElement? xml = message.Xml;
        return xml.AttributeText("nickname") is { Length: > 0 } onCard ? onCard : xml.AttributeText("fromnickname");
    }

    /// <summary>Gets the person's greeting.</summary>
    public static string Greeting(WireMessage message) => WireText.Decode(message.Recommended("Content"u8));

    private static string FromEither(string recommended, XElement? xml, string attribute) =>
        recommended.Length > 0 ? WireText.Decode(recommended) : xml.AttributeText(attribute);

    private static string Picture(XElement? xml)
    {
        foreach (string size in (string[])["bigheadimgurl", "smallheadimgurl", "brandIconUrl"])
        {
            if (xml.AttributeText(size) is { Length: > 0 } address)
                return Skeys.StripOwn(address);
        }
        return "";
    }

    private static Gender ToGender(WireMessage message, XElement? xml)
    {
        long said = message.RecommendedNumber("Sex"u8);
        return (said != 0 ? said : ToInt(xml.AttributeText("sex"))) switch
        {
            1 => Gender.Male,
            2 => Gender.Female,
            _ => Gender.Unknown,
        };
    }

    private static int ToInt(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0;
}
