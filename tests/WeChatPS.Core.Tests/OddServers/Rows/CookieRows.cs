using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Cookies that grow, and cookies that are none.</summary>
internal static class CookieRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("cookies");

    public static IEnumerable<OddServer> All =>
    [
        s_row("twenty new ones on every reply", Growing(20, 3000)) with { Delivers = true },
        s_row("a thousand small new ones on every reply", Growing(1000, 1)) with { Delivers = true },
        s_row("one of 30 KB", stage => stage.All(Odd.Headers(() => $"Set-Cookie: odd={new string('c', 30_000)}\r\n"))) with { Delivers = true },
        s_row("Max-Age=NaN", stage => stage.All(Odd.Headers(() => "Set-Cookie: odd=1; Max-Age=NaN\r\n"))) with { Delivers = true },
        s_row("ages that are no ages", stage => stage.All(Odd.Headers(() =>
            "Set-Cookie: a=1; Max-Age=99999999999999999999\r\nSet-Cookie: b=1; Max-Age=-99999999999999999999\r\nSet-Cookie: c=1; Max-Age=1e400\r\nSet-Cookie: d=1; Max-Age=\r\n"))) with { Delivers = true },
        s_row("dates that are no dates", stage => stage.All(Odd.Headers(() =>
            "Set-Cookie: a=1; Expires=Thu, 99 Foo 99999 99:99:99 GMT\r\nSet-Cookie: b=1; Expires=\r\nSet-Cookie: c=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT\r\n"))) with { Delivers = true },
        s_row("neither names nor values", stage => stage.All(Odd.Headers(() => "Set-Cookie:\r\nSet-Cookie: =\r\nSet-Cookie: ;;;\r\nSet-Cookie: =x; Path\r\nSet-Cookie: y\r\n"))) with { Delivers = true },
        s_row("for other hosts", stage => stage.All(Odd.Headers(() => "Set-Cookie: wxsid=stolen; Domain=evil.example\r\nSet-Cookie: x=1; Domain=com\r\nSet-Cookie: y=1; Domain=..\r\n"))) with { Delivers = true },
        s_row("control characters in a value", stage => stage.All(Odd.Headers(() => "Set-Cookie: odd=a\u0001b\u00e9\u007f\r\n"))) with { Delivers = true },
        s_row("the login's cookies for other paths", stage => stage.All(Odd.Headers(() => "Set-Cookie: wxsid=other; Path=/nowhere\r\nSet-Cookie: wxuin=1; Path=/nowhere/else\r\n"))) with { Delivers = true },
    ];

    private static Action<OddStage> Growing(int number, int size) => stage =>
    {
        int n = 0;
        stage.All(Odd.Headers(() => string.Concat(Enumerable.Range(0, number).Select(_ => $"Set-Cookie: odd{n++}={new string('c', size)}\r\n"))));
    };
}
