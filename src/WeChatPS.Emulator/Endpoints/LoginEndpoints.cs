using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The endpoints of the login: jslogin, the QR code, the login poll and push login.</summary>
internal sealed class LoginEndpoints(World world)
{
    private const string AppId = "wx782c26e4c19acffb";

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Prompt("jslogin", null, NewCode) with { Refuse = (_, _) => Code(500, "") },
        Endpoint.Prompt("qrcode", "GET", QrImage),
        Endpoint.Prompt("l", "GET", QrPage),
        new("login", "GET", PollAsync) { Refuse = (ret, _) => Script($"window.code={Number(ret)};") },
        Endpoint.Prompt("webwxpushloginurl", "GET", Push) with { Refuse = PushRefused },
    ];

    private static HttpReply Code(int code, string uuid)
    {
        string script = $"window.QRLogin.code = {Number(code)}; window.QRLogin.uuid = \"{uuid}\";";

        // The real server sends two content types here. .NET does not support the charset of the second one by default.
        return HttpReply.Of("text/javascript", script).With("Content-Type", "text/html; charset=gbk")
            .With("Cache-Control", "no-cache, must-revalidate");
    }

    private static HttpReply Script(string script) => HttpReply.Of("text/javascript", script);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static HttpReply PushRefused(int ret, string words) =>
        HttpReply.Of("text/plain", $$"""{"ret":"{{Number(ret)}}","msg":"{{words}}"}""");

    private HttpReply NewCode(Exchange exchange)
    {
        IReadOnlyDictionary<string, string> query = exchange.Request.Query;
        if (query.GetValueOrDefault("appid") != AppId || query.GetValueOrDefault("fun") != "new")
        {
            return Code(400, "");
        }

        // ItChat sends no redirect_uri (itchat/components/login.py).
        bool isDesktop = query.GetValueOrDefault("redirect_uri", "").Contains("mod=desktop", StringComparison.Ordinal);
        return Code(200, world.AddCode(isDesktop).Uuid);
    }

    private HttpReply QrImage(Exchange exchange) =>
        world.CodeOf(LastPart(exchange)) is null
            ? new HttpReply { Status = 404 }
            : HttpReply.Of("image/jpeg", SampleMedia.Jpeg);

    /// <summary>The page of the QR code's text, which only a phone opens.</summary>
    private HttpReply QrPage(Exchange exchange) => world.CodeOf(LastPart(exchange)) is { IsOpen: true }
        ? HttpReply.Plain(200, "<html><body>请在手机上确认登录</body></html>\n")
        : HttpReply.Plain(404, "<html><body>二维码已失效</body></html>\n");

    private static string LastPart(Exchange exchange) =>
        Uri.UnescapeDataString(exchange.Request.Path[(exchange.Request.Path.LastIndexOf('/') + 1)..]);

    private async Task<HttpReply> PollAsync(Exchange exchange, CancellationToken gone)
    {
        LoginCode? code = world.CodeOf(exchange.Request.Query.GetValueOrDefault("uuid"));
        if (code is null)
        {
            return Script("window.code=400;");
        }

        if (code.IsOpen && exchange.HasFault(FaultKind.QrExpired))
        {
            code.Become(LoginCodeState.Expired);
        }
        else if (code.IsOpen && exchange.HasFault(FaultKind.QrCancelled))
        {
            code.Become(LoginCodeState.Cancelled);
        }

        bool asksForScan = exchange.Request.Query.GetValueOrDefault("tip") != "0";
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            Task changed = code.Changed.Next;
            if (Answer(code, asksForScan) is { } answer)
            {
                return answer;
            }

            TimeSpan left = world.Options.Hold - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || gone.IsCancellationRequested)
            {
                return Script("window.code=408;");
            }

            TimeSpan untilExpiry = code.Expires - DateTimeOffset.UtcNow;
            await Waiting.ForAsync(changed, left < untilExpiry ? left : untilExpiry, gone).ConfigureAwait(false);
        }
    }

    private HttpReply? Answer(LoginCode code, bool asksForScan)
    {
        if (code.IsOpen && DateTimeOffset.UtcNow >= code.Expires)
        {
            code.Become(LoginCodeState.Expired);
        }

        switch (code.State)
        {
            case LoginCodeState.Scanned when asksForScan || !code.ScanReported:
                code.ScanReported = true;
                string avatar = Convert.ToBase64String(SampleMedia.Jpeg.Span);
                return Script($"window.code=201;window.userAvatar = 'data:img/jpg;base64,{avatar}';");
            case LoginCodeState.Confirmed:
                return Script($"window.code=200;\nwindow.redirect_uri=\"{RedirectUri(code)}\";");
            case LoginCodeState.Cancelled:
                return Script("window.code=202;");
            case LoginCodeState.Expired:
                return Script("window.code=400;");
            default:
                return null;
        }
    }

    private string RedirectUri(LoginCode code) => string.Create(
        CultureInfo.InvariantCulture,
        $"{world.Home}cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket={code.Ticket}&uuid={code.Uuid}&lang=zh_CN&scan={code.ScanTime.ToUnixTimeSeconds()}");

    private HttpReply Push(Exchange exchange)
    {
        HttpRequest request = exchange.Request;
        string? uin = request.Query.GetValueOrDefault("uin");
        Account? account = uin is not null && uin == request.Cookies.GetValueOrDefault("wxuin")
            ? world.PushAccount(uin, request.Cookies.GetValueOrDefault("webwx_auth_ticket"))
            : null;
        if (account is null)
        {
            return PushRefused(1, "device authinfo invalid");
        }

        LoginCode code = world.AddCode(request.Query.GetValueOrDefault("mod") == "desktop", account);
        return HttpReply.Of("text/plain", $$"""{"ret":"0","msg":"all ok","uuid":"{{code.Uuid}}"}""");
    }
}
