using System;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Sessions;

internal static class Samples
{
    public static readonly DateTimeOffset Login = new(2018, 12, 30, 23, 12, 21, TimeSpan.Zero);

    /// <summary>A session as a login at wx2.qq.com leaves it.</summary>
    public static SavedSession Session(string name = "default")
    {
        var jar = new CookieJar();
        jar.Apply(
            new Uri("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage"),
            [
                "wxuin=2717804130; Domain=wx2.qq.com; Path=/; Expires=Mon, 31-Dec-2018 11:12:21 GMT; Secure",
                "wxsid=8uHg+z/Kqb8TWqSy; Domain=wx2.qq.com; Path=/; Expires=Mon, 31-Dec-2018 11:12:21 GMT; Secure; HttpOnly",
                "webwx_data_ticket=SQejnxGF; Domain=.qq.com; Path=/; Expires=Mon, 31-Dec-2018 11:12:21 GMT; Secure",
                "webwxuvid=702526aa; Domain=wx2.qq.com; Path=/cgi-bin; Expires=Wed, 27-Dec-2028 23:12:21 GMT",
                "own=1",
            ],
            Login);
        return new SavedSession
        {
            Name = name,
            ApiAuthority = "wx2.qq.com",
            Mode = WeChatLoginMode.Desktop,
            Credentials = new WebCredentials(2717804130, "8uHg+z/Kqb8TWqSy", "@crypt_d9c4b7b9_e814", "5Zua4jgrKI%2B", "e654305192961596"),
            Cookies = jar.All,
            SelfUserName = "@8567ed50",
            SelfNickName = "张三 😀",
            Created = Login,
            Saved = Login.AddMinutes(1),
            ThrottledUntil = Login.AddHours(1),
            SendsPausedUntil = Login.AddHours(2),
        };
    }

    /// <summary>The cookies as the jar of a resumed session holds them.</summary>
    public static CookieJar Jar(SavedSession session)
    {
        var jar = new CookieJar();
        jar.Load(session.Cookies);
        return jar;
    }

    /// <summary>Two sessions are the same when every cookie is, and all the rest.</summary>
    public static void AssertSame(SavedSession expected, SavedSession actual)
    {
        Assert.Equal(expected.Cookies, actual.Cookies);
        Assert.Equal(expected, actual with { Cookies = expected.Cookies });
    }
}
