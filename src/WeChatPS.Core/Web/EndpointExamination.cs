using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Web.Checks;

namespace WeChatPS.Web;

/// <summary>Checks a server before anybody has logged in: whether it answers, its clock, and its connections. The rest needs a session.</summary>
internal static class EndpointExamination
{
    private const string NeedsSession = "Needs a session: run Connect-WeChat, then use -Session.";

    private static readonly WebCredentials s_none = new(0, "", "", "", "");

    /// <summary>One finding a check, as they come.</summary>
    /// <param name="endpoint">The server: https, or http to this machine.</param>
    /// <param name="cancellationToken">Ends the examination.</param>
    /// <exception cref="WeChatException">The address cannot be an endpoint (<see cref="WeChatErrorReason.InvalidEndpoint"/>).</exception>
    public static async IAsyncEnumerable<WeChatSyncFinding> RunAsync(Uri endpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cookies = new CookieJar();
        var servers = WebEndpoints.Single(endpoint);
        using var http = new WeChatHttp(new HttpSettings(), cookies, TimeProvider.System);
        var connection = new WebConnection(http, cookies, servers, s_none, TimeProvider.System);
        HostReply first = await ServerCheck.AskAsync(connection, servers.Push, cancellationToken).ConfigureAwait(false);
        DateTimeOffset answered = connection.Now;
        Finding server = ServerCheck.Examine([first], connection.ProxyFor);
        yield return Named("Server", first.Reply is null || WebEndpoints.IsWeChat(endpoint) ? server : await ExamineLoginAsync(connection, server, cancellationToken).ConfigureAwait(false));
        foreach (string check in new[] { "Spelling", "Keys", "Hold", "Redirect", "Content", "Cookies" })
            yield return Named(check, Finding.NotChecked(NeedsSession));
        HostReply? again = first.Reply is null ? null : await ServerCheck.AskAsync(connection, first.Host, cancellationToken).ConfigureAwait(false);
        yield return Named("Clock", ClockCheck.Examine(first, answered));
        yield return Named("Connection", ConnectionCheck.Examine(again));
        yield return Named("State", Finding.NotChecked(NeedsSession));
    }

    /// <summary>Checks a server that is used instead of WeChat's own. Any web server responds to the first request, but only a login server has QR codes.</summary>
    private static async Task<Finding> ExamineLoginAsync(WebConnection connection, Finding server, CancellationToken cancellationToken)
    {
        WireRequest request = LoginRequests.NewCode(connection.Endpoints, WeChatLoginMode.Web, connection.Now);
        string problem;
        try
        {
            WireReply reply = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            reply.Read(request, body => NewCodeReply.Parse(body.Span));
            return server;
        }
        catch (WireReplyException e)
        {
            problem = e.Problem;
        }
        catch (WireException e)
        {
            return ServerCheck.Examine(e, connection.ProxyFor(connection.Endpoints.Login));
        }

        return Finding.Warning(
            $"{server.Found} But it has no QR code for a login ({problem}).",
            "Connect-WeChat -Endpoint cannot log in there. It is not a WeChat login server. Check the address.");
    }

    private static WeChatSyncFinding Named(string check, Finding finding) => finding.Named(check, session: "");
}
