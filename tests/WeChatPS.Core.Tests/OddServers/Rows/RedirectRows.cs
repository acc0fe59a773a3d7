using System;
using System.Collections.Generic;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Redirects, of which the client follows none.</summary>
internal static class RedirectRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("redirects");

    public static IEnumerable<OddServer> All =>
    [
        s_row("302 to the same address", stage => stage.All(Odd.With("HTTP/1.1 302 Found", default, "Location: /cgi-bin/mmwebwx-bin/synccheck\r\n"))),
        s_row("302 to another host", stage => stage.All(Odd.With("HTTP/1.1 302 Found", default, "Location: http://127.0.0.1:9/\r\n"))),
        s_row("301 without a Location", stage => stage.All(Odd.With("HTTP/1.1 301 Moved Permanently"))),
        s_row("307 to an address that is none", stage => stage.All(Odd.With("HTTP/1.1 307 Temporary Redirect", default, "Location: javascript:alert(1)\r\nLocation: ://\r\n"))),
        s_row("308 to an address of 50 KB", stage => stage.All(Odd.With("HTTP/1.1 308 Permanent Redirect", default, $"Location: /{new string('l', 50_000)}\r\n"))),
        s_row("200 with Refresh and Location", stage => stage.All(Odd.Headers(() => "Refresh: 0; url=/odd\r\nLocation: /odd\r\n"))) with { Delivers = true },
        s_row("a captive portal", stage => stage.All(Odd.Ok("<html><script>location='http://portal.example/'</script></html>", "Content-Type: text/html\r\n"))),
    ];
}
