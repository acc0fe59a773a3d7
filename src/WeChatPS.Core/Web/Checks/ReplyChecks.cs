using System;
using WeChatPS.Http;
using WeChatPS.Sync;

namespace WeChatPS.Web.Checks;

/// <summary>Checks that polls are not redirected. The client never follows redirects, because they may lead to another party.</summary>
internal static class RedirectCheck
{
    public static Finding Examine(PollExchange? last, WebEndpoints servers)
    {
        if (last?.Reply is not { } reply) return Finding.NotChecked("No poll had a response during this test.");
        if (reply.Status is < 300 or > 399) return Finding.Ok("Polls are not redirected.");
        if (!Uri.TryCreate(last.Request.Uri, reply.Location ?? "", out Uri? target) || string.IsNullOrEmpty(reply.Location))
            return Finding.Problem($"Polls are redirected without a target (HTTP status {reply.Status}).", "A proxy responds instead of WeChat. Connect with -NoProxy, or ask the operator of the proxy.");
        string found = $"Polls are redirected to {DisplayText.Visible(target.GetLeftPart(UriPartial.Authority), 80)} (HTTP status {reply.Status}).";
        return servers.Allows(target)
            ? Finding.Problem(found, "The session may have moved to this WeChat server. Connect again.")
            : Finding.Problem(found, "A proxy or the login page of the network (hotel, airport) responds instead of WeChat. Open a page in a browser and log in to the network, then try again.");
    }
}

/// <summary>Checks that the response to a poll is the expected script.</summary>
internal static class ContentCheck
{
    private const int ProxyAuthentication = 407;

    public static Finding Examine(PollExchange? last)
    {
        if (last?.Reply is not { } reply) return Finding.NotChecked("No poll had a response during this test.");
        string detail = last.Outcome.Detail;
        if (reply.Status is >= 300 and <= 399) return Finding.NotChecked(detail + ".");
        if (reply.ContentEncoding is { Length: > 0 } encoding)
            return Finding.Problem($"Responses have the unsupported encoding '{DisplayText.Visible(encoding, 40)}'.", "A proxy compresses responses. Connect with -NoProxy.");
        if (reply.Status == ProxyAuthentication) return Finding.Problem(detail + ".", "The proxy requires authentication. Specify -ProxyCredential.");
        if (reply.Status >= 500) return Finding.Warning(detail + ".", "The server has a fault. Polling backs off and continues.");
        if (reply.Status != 200) return Finding.Problem(detail + ".", "The response is not from WeChat. Check -Endpoint and the proxy.");
        if (IsHtml(reply))
            return Finding.Problem(detail, "The response is a web page from a proxy or the login page of the network. Open a page in a browser to find out which.");
        return last.Outcome.Verdict switch
        {
            SyncVerdict.Fatal => Finding.Warning(detail + ".", "Another request verifies this code. For the result, see the State finding."),
            SyncVerdict.Throttled => Finding.Warning(detail + ".", "The server is throttling this account. Polling pauses for a few minutes."),
            SyncVerdict.Transient => Finding.Warning(detail, "Polling backs off until responses are valid."),
            _ => Read(reply, detail),
        };
    }

    private static Finding Read(WireReply reply, string detail)
    {
        string found = $"Responses are valid ({detail}).";
        return reply.ContentType is { } type && !NamesUtf8(type)
            ? Finding.Note($"{found} Their content type is '{DisplayText.Visible(type, 80)}', but they are read as UTF-8.")
            : Finding.Ok(found);
    }

    private static bool NamesUtf8(string type)
    {
        int charset = type.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        return charset < 0 || type.IndexOf("utf-8", charset, StringComparison.OrdinalIgnoreCase) > charset;
    }

    private static bool IsHtml(WireReply reply) =>
        reply.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true
        || WireText.FromUtf8(reply.Body.Span).TrimStart() is ['<', ..];
}
