using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Http;

namespace WeChatPS.Web.Checks;

/// <summary>
/// Checks that the login cookies go to every host that needs them. One host sets them for other hosts too. A client that loses the cookie
/// domains when it saves the session is refused after a restart.
/// </summary>
internal static class CookieCheck
{
    private static readonly string[] s_names = ["wxuin", "wxsid", "webwx_data_ticket"];
    private static readonly TimeSpan s_soon = TimeSpan.FromHours(1);

    public static Finding Examine(CookieJar jar, WebEndpoints servers, DateTimeOffset now)
    {
        var carriers = new List<WireCookie>();
        foreach (Uri host in new[] { servers.Api, servers.Push, servers.File }.Distinct())
        {
            var address = new Uri(host, WebEndpoints.Prefix);
            foreach (string name in s_names)
            {
                WireCookie[] held = [.. jar.All.Where(cookie => cookie.Name == name)];
                if (held.FirstOrDefault(cookie => !cookie.IsExpired(now) && cookie.GoesTo(address)) is { } carrier) carriers.Add(carrier);
                else return Missing(name, host, held, now);
            }
        }

        WireCookie? next = carriers.Where(cookie => cookie.Expires is not null).OrderBy(cookie => cookie.Expires).FirstOrDefault();
        return next is not null && next.Expires!.Value - now < s_soon
            ? Finding.Warning(
                $"The cookie {next.Name} expires in {(next.Expires.Value - now).TotalMinutes:0} minutes.",
                "To renew the cookie, run Receive-WeChatMessage. -NoWait is enough.")
            : Finding.Ok($"Login cookies go to every server{(next is null ? "" : $", until {next.Expires!.Value.ToLocalTime():yyyy-MM-dd HH:mm}")}.");
    }

    private static Finding Missing(string name, Uri host, WireCookie[] held, DateTimeOffset now)
    {
        string why = held.Length == 0 ? "the server has not set it"
            : held.All(cookie => cookie.IsExpired(now)) ? "it has expired"
            : $"it is only for {string.Join(", ", held.Select(cookie => DisplayText.Visible(cookie.Domain, 80)))}";
        return Finding.Problem(
            $"The cookie {name} does not reach {host.Authority}: {why}.",
            "Without this cookie, the server ends the session or refuses files. Log in again with Connect-WeChat -Login Qr.");
    }
}
