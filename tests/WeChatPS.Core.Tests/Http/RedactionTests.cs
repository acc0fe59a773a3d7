using System;
using WeChatPS.Http;
using Xunit;

namespace WeChatPS.Core.Tests.Http;

public sealed class RedactionTests
{
    private const string Secret = "S3cr3tV4lue";

    public static TheoryData<string, string> Places()
    {
        string[] names =
        [
            "skey", "Skey", "SKey", "sid", "Sid", "wxsid", "uin", "Uin", "wxuin", "last_wxuin", "fromuser", "pass_ticket", "ticket", "Ticket",
            "VerifyUserTicket", "webwx_data_ticket", "webwx_auth_ticket", "webwxuvid", "deviceid", "DeviceID", "uuid", "AESKey",
        ];
        string[] forms =
        [
            "https://wx.qq.com/cgi-bin/mmwebwx-bin/synccheck?r=1&{0}={1}&synckey=1_2%7C3_4",
            "https://login.wx.qq.com/jslogin?redirect_uri=https%3A%2F%2Fwx.qq.com%2Fpage%3F{0}%3D{1}%26fun%3Dnew",
            "https%253A%252F%252Fwx.qq.com%252Fpage%253F{0}%253D{1}%2526fun",
            "Set-Cookie: {0}={1}; Domain=wx.qq.com; Path=/; Secure",
            "mm_lang=zh_CN; {0}={1}; x=y",
            "{{\"BaseRequest\":{{\"{0}\":\"{1}\",\"Other\":1}}}}",
            "{{\"{0}\": {1}\n,\"Other\":1}}",
            "{{\"body\":\"{{\\\"{0}\\\":\\\"{1}\\\"}}\"}}",
            "{{\"{0}\":\"{1}",
            "{{\"{0}\":\"a\\\"b",
            "{{'{0}':'{1}'}}",
            "<error><ret>0</ret><{0}>{1}</{0}></error>",
            "<{0}><![CDATA[{1}]]></{0}>",
            "&lt;{0}&gt;{1}&lt;/{0}&gt;",
            "<input type=\"hidden\" name=\"{0}\" id=\"x\" value=\"{1}\"/>",
            "<a href=\"/page?a=b&amp;{0}={1}&amp;c=d\">",
            "<msg {0}=\"{1}\" other=\"2\">",
            "window.QRLogin.code = 200; window.QRLogin.{0} = \"{1}\";",
            "--b\r\nContent-Disposition: form-data; name=\"{0}\"\r\n\r\n{1}\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"{0}\"\r\nContent-Type: text/plain\r\n\r\n{1}\r\n--b--",
        ];
        var places = new TheoryData<string, string>();
        foreach (string form in forms)
        {
            foreach (string name in names)
                places.Add(form, name);
        }

        return places;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void No_secret_is_left_in_any_form(string form, string name)
    {
        string text = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, name, Secret);

        string redacted = Redaction.Redact(text);

        Assert.DoesNotContain(Secret, redacted, StringComparison.Ordinal);
        Assert.DoesNotContain("a\\\"b", redacted, StringComparison.Ordinal);
        Assert.Contains("***", redacted, StringComparison.Ordinal);
        Assert.Equal(redacted, Redaction.Redact(redacted));
    }

    [Theory]
    [InlineData("https://login.weixin.qq.com/qrcode/8H2VkUUHsd==", "https://login.weixin.qq.com/qrcode/***")]
    [InlineData("http://127.0.0.1:5000/l/8H2VkUUHsd==", "http://127.0.0.1:5000/l/***")]
    [InlineData("https%3A%2F%2Flogin.weixin.qq.com%2Fl%2F8H2V", "https%3A%2F%2Flogin.weixin.qq.com%2Fl%2F***")]
    [InlineData("http://me:pass@proxy:8080/", "http://***@proxy:8080/")]
    [InlineData("key @crypt_d9c4b7b9_e814482403f765974f1497a6202f1cfd end", "key *** end")]
    [InlineData("/geticon?x=%40crypt_d9c4b7b9_e814", "/geticon?x=***")]
    [InlineData("/geticon?x=%2540crypt_d9c4b7b9_e814", "/geticon?x=***")]
    [InlineData("Cookie: mm_lang=zh_CN; strange=value\r\nHost: x", "Cookie: ***\r\nHost: x")]
    [InlineData("proxy-authorization: Basic QWxhZGRpbg==", "proxy-authorization: ***")]
    [InlineData("Referer: https://wx.qq.com/webwxgetvideo?msgid=1&skey=%40crypt_d9c4b7b9_e814\r\nRange: bytes=0-", "Referer: https://wx.qq.com/webwxgetvideo?msgid=1&skey=***\r\nRange: bytes=0-")]
    [InlineData("{\"Uin\":171780413,\"Ret\":0}", "{\"Uin\":\"***\",\"Ret\":0}")]
    [InlineData("{\\\"Uin\\\":171780413}", "{\\\"Uin\\\":\\\"***\\\"}")]
    [InlineData("?skey=a%2Bb%3D&pass_ticket=c%253D&r=1", "?skey=***&pass_ticket=***&r=1")]
    public void What_stands_around_a_secret_stays(string text, string expected) => Assert.Equal(expected, Redaction.Redact(text));

    [Theory]
    [InlineData("https://wx.qq.com/cgi-bin/mmwebwx-bin/synccheck?r=1546211541936&synckey=1_698325105%7C2_698325111&_=1")]
    [InlineData("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"SyncKey\":{\"Count\":4,\"List\":[{\"Key\":1,\"Val\":698325105}]},\"ContinueFlag\":0}")]
    [InlineData("window.synccheck={retcode:\"0\",selector:\"2\"}")]
    [InlineData("<error><ret>1203</ret><message>login is restricted</message></error>")]
    [InlineData("inside, aside, msgid=12, fromusername=x, price: 3")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, Redaction.Redact(text));

    [Theory]
    [InlineData("name=\"sid\"\r\nx\r\n")]
    [InlineData("{\n\"Uin\": 0,\n\"UserName\": \"@8567ed50\",\n\"NickName\": \"\",\n}\n")]
    [InlineData("\"sid\" ")]
    [InlineData("uin")]
    [InlineData("\\\\\\\\")]
    [InlineData("x:// ")]
    [InlineData("%25")]
    [InlineData("____")]
    public void A_body_full_of_names_is_not_too_intricate(string part)
    {
        string text = string.Concat(System.Linq.Enumerable.Repeat(part, WireLog.BodyLimit / part.Length));

        Assert.DoesNotContain("not shown", Redaction.Redact(text), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_redacted_as_it_goes_out() =>
        Assert.Equal("https://wx.qq.com/x?sid=***&lang=zh_CN", Redaction.Redact(new Uri("https://wx.qq.com/x?sid=8u+Hg/z&lang=zh_CN")));
}
