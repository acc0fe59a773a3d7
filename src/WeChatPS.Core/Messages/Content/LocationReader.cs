using System;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads locations from the phone's XML, or from the server's text for the web.</summary>
internal static class LocationReader
{
    private const string ThumbnailMark = ":\n/cgi-bin/";

    public static LocationContent Read(WireMessage message)
    {
        XElement? place = Xml(message)?.Element("location");
        double? latitude = ToDegrees(place.AttributeText("x"));
        double? longitude = ToDegrees(place.AttributeText("y"));
        if (latitude is null || longitude is null)
            (latitude, longitude) = FromUrl(message.MapUrl);
        string address = place.AttributeText("label");
        return new LocationContent(latitude, longitude, address.Length > 0 ? address : Address(message), place.AttributeText("poiname"))
        {
            Url = message.MapUrl,
        };
    }

    /// <summary>Gets the phone's XML; null if the server left it out.</summary>
    public static XElement? Xml(WireMessage message) => new[] { WireMessage.ParseXml(message.Text("OriContent"u8)), message.Xml }
        .FirstOrDefault(xml => xml?.Element("location") is not null);

    /// <summary>Gets the address from the server's text for the web.</summary>
    public static string Address(WireMessage message)
    {
        if (message.IsMapText)
            return message.MapUrl;
        string body = message.Body;
        int end = body.IndexOf(ThumbnailMark, StringComparison.Ordinal);
        return end >= 0 ? body.Substring(0, end) : (message.Xml?.Element("location")).AttributeText("label");
    }

    private static (double? Latitude, double? Longitude) FromUrl(string url)
    {
        const string Name = "coord=";
        int start = url.IndexOf(Name, StringComparison.Ordinal);
        if (start < 0)
            return (null, null);
        string[] parts = url.Substring(start + Name.Length).Split(',', '&', '#');
        return parts.Length < 2 ? (null, null) : (ToDegrees(parts[0]), ToDegrees(parts[1]));
    }

    private static double? ToDegrees(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) <= 180 ? value : null;
}
