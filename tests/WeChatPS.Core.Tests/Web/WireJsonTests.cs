using System;
using System.Text;
using System.Text.Json;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class WireJsonTests
{
    [Fact]
    public void Text_goes_out_as_raw_UTF8()
    {
        byte[] written = Write("微信 😀 @Bob\u2005<b>&'+ \u2028 é");
        Assert.Equal(Encoding.UTF8.GetBytes("{\"t\":\"微信 😀 @Bob\u2005<b>&'+ \u2028 é\"}"), written);
        // an emoji is its four bytes, the separator its three
        Assert.True(written.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xF0, 0x9F, 0x98, 0x80]) > 0);
        Assert.True(written.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xE2, 0x80, 0x85]) > 0);
    }

    [Fact]
    public void Only_quotes_backslashes_and_controls_are_escaped() => Assert.Equal(
        """{"t":"\"\\\n\r\t\u0000\u001b\u0008"}""" + "\u007F",
        Encoding.UTF8.GetString(Write("\"\\\n\r\t\0\u001B\b")) + "\u007F");

    [Fact]
    public void Every_character_survives()
    {
        var all = new StringBuilder();
        for (int point = 0; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 97)
        {
            if (point is < 0xD800 or > 0xDFFF)
                all.Append(char.ConvertFromUtf32(point));
        }
        using JsonDocument read = JsonDocument.Parse(Write(all.ToString()));
        Assert.Equal(all.ToString(), read.RootElement.GetProperty("t").GetString());
    }

    [Fact]
    public void A_request_begins_with_the_credentials_and_the_number_is_a_number() => Assert.Equal(
        """{"BaseRequest":{"Uin":2500000000,"Sid":"s+id","Skey":"@crypt_1_2","DeviceID":"e1"},"x":1}""",
        Encoding.UTF8.GetString(WireJson.Request(
            new WebCredentials(2_500_000_000, "s+id", "@crypt_1_2", "ticket", "e1"), writer => writer.WriteNumber("x", 1))));

    private static byte[] Write(string text) => WireJson.Object(writer => writer.WriteString("t", text));
}
