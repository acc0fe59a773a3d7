using System;
using WeChatPS.Http;
using WeChatPS.Sync;

namespace WeChatPS.Web.Checks;

/// <summary>Whether a poll is answered where it was sent. Redirects are never followed: they lead to somebody who is not WeChat.</summary>
internal static class RedirectCheck
{
    public static Finding Examine(PollExchange? last, WebEndpoints servers)
    {
        if (last?.Reply is not { } reply) return Finding.NotChecked("No poll was answered during this test.");
        if (reply.Status is < 300 or > 399) return Finding.Ok("Polls are not redirected.");
        if (!Uri.TryCreate(last.Request.Uri, reply.Location ?? "", out Uri? target) || string.IsNullOrEmpty(reply.Location))
            return Finding.Problem($"Polls are redirected (HTTP status {reply.Status}), without saying where to.", "A proxy answers in WeChat's place: go without it (-NoProxy) or ask who runs it.");
        string found = $"Polls are redirected to {DisplayText.Visible(target.GetLeftPart(UriPartial.Authority), 80)} (HTTP status {reply.Status}).";
        return servers.Allows(target)
            ? Finding.Problem(found, "That is one of WeChat's servers: the session may have moved there. Connect again.")
            : Finding.Problem(found, "Most likely the login page of a network (hotel, airport) or a proxy. Open a page in a browser and log in there, then try again.");
    }
}

/// <summary>Whether the answer to a poll is the script that it should be.</summary>
internal static class ContentCheck
{
    private const int ProxyAuthentication = 407;

    public static Finding Examine(PollExchange? last)
    {
        if (last?.Reply is not { } reply) return Finding.NotChecked("No poll was answered during this test.");
        string detail = last.Outcome.Detail;
        if (reply.Status is >= 300 and <= 399) return Finding.NotChecked(detail + ".");
        if (reply.ContentEncoding is { Length: > 0 } encoding)
            return Finding.Problem($"Polls are answered in the encoding '{DisplayText.Visible(encoding, 40)}', which cannot be read.", "A proxy compresses what it should not: go without it (-NoProxy).");
        if (reply.Status == ProxyAuthentication) return Finding.Problem(detail + ".", "The proxy wants to know who you are: -ProxyCredential.");
        if (reply.Status >= 500) return Finding.Warning(detail + ".", "The server is in trouble; polling goes on, more slowly, until it is over.");
        if (reply.Status != 200) return Finding.Problem(detail + ".", "That is no answer of WeChat's: check -Endpoint and the proxy.");
        if (IsHtml(reply))
            return Finding.Problem(detail, "A web page comes where a script should: from a proxy, or the login page of a network. Open a page in a browser and see who answers.");
        return last.Outcome.Verdict switch
        {
            SyncVerdict.Fatal => Finding.Warning(detail + ".", "One more request decides whether that is meant; the State says what came of it."),
            SyncVerdict.Throttled => Finding.Warning(detail + ".", "The server asks for less traffic: it is left alone for some minutes."),
            SyncVerdict.Transient => Finding.Warning(detail, "Polling goes on, more slowly, until the answers make sense."),
            _ => Read(reply, detail),
        };
    }

    private static Finding Read(WireReply reply, string detail)
    {
        string found = $"Responses are valid ({detail}).";
        return reply.ContentType is { } type && !NamesUtf8(type)
            ? Finding.Note($"{found} They claim to be '{DisplayText.Visible(type, 80)}'; they are read as UTF-8 all the same.")
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
