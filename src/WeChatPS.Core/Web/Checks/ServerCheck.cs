using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;

namespace WeChatPS.Web.Checks;

/// <summary>A plain request to a host, and what became of it.</summary>
internal sealed record HostReply(Uri Host, WireReply? Reply, WireException? Failure)
{
    /// <summary>Whether the host was not even reached.</summary>
    public bool IsUnreached => Failure?.NeverSent == true;
}

/// <summary>Whether the servers of a session answer at all, and if not what is in the way: name, network, proxy or certificate.</summary>
internal static class ServerCheck
{
    /// <summary>Why a check could not be made that needs a reply.</summary>
    public const string NoReply = "The server did not answer.";

    private const int MaxPage = 4 * 1024 * 1024;

    /// <summary>Asks each host that a session needs for its first page; the one that holds the polls comes first.</summary>
    public static async Task<IReadOnlyList<HostReply>> AskAsync(WebConnection connection, CancellationToken cancellationToken)
    {
        WebEndpoints servers = connection.Endpoints;
        IEnumerable<Uri> hosts = new[] { servers.Push, servers.Api, servers.File }.Distinct();
        return await Task.WhenAll(hosts.Select(host => AskAsync(connection, host, cancellationToken))).ConfigureAwait(false);
    }

    public static async Task<HostReply> AskAsync(WebConnection connection, Uri host, CancellationToken cancellationToken)
    {
        try
        {
            var request = new WireRequest("test", HttpMethod.Get, new Uri(host, "/")) { BodyLimit = MaxPage };
            return new HostReply(host, await connection.SendAsync(request, cancellationToken).ConfigureAwait(false), null);
        }
        catch (WireException e)
        {
            return new HostReply(host, null, e);
        }
    }

    /// <param name="replies">What the hosts answered. Whatever they say to such a request: that they say something is what counts.</param>
    /// <param name="proxyFor">The proxy on the way to a host.</param>
    public static Finding Examine(IReadOnlyList<HostReply> replies, Func<Uri, Uri?> proxyFor)
    {
        HostReply? worst = replies.FirstOrDefault(host => host.IsUnreached) ?? replies.FirstOrDefault(host => host.Failure is not null);
        return worst is null
            ? Finding.Ok(string.Join(", ", replies.Select(host => $"{host.Host.Authority} answers in {host.Reply!.Elapsed.TotalMilliseconds:0} ms")) + ".")
            : Examine(worst.Failure!, proxyFor(worst.Host));
    }

    /// <summary>What a failure on the way to a server means.</summary>
    public static Finding Examine(WireException failure, Uri? proxy)
    {
        string found = DisplayText.Visible(failure.Message);
        return failure.Failure switch
        {
            WireFailure.Tls => Finding.Problem(found,
                "Something on the way (a proxy, a captive portal, a virus scanner) answers with its own certificate, or this machine's clock is wrong. Nothing was sent."),
            WireFailure.NoConnection => Finding.Problem(found, NoConnection(WireFailures.CauseOf(failure), proxy)),
            WireFailure.Deadline => Finding.Problem(found, "The connection stands but nothing comes back: try another network, or another proxy."),
            WireFailure.Cut => Finding.Problem(found, "Something on the way closes connections: a firewall, a proxy, or the server itself. Try another network."),
            _ => Finding.Problem(found, "What answers there is no web server: check -Endpoint and the proxy."),
        };
    }

    private static string NoConnection(NoConnectionCause cause, Uri? proxy) =>
        proxy is not null || cause == NoConnectionCause.Proxy
            ? $"The way leads over the proxy {proxy?.Authority}: check its address and credentials (-Proxy, -ProxyCredential), or go without it (-NoProxy)."
            : cause switch
            {
                NoConnectionCause.Name => "The name is not found: check the network connection and its DNS server.",
                NoConnectionCause.Refused => "Nobody listens there: the server is down, a firewall refuses, or -Endpoint names the wrong port.",
                NoConnectionCause.Silence => "No answer to the attempt to connect: a firewall drops it, or a proxy is needed (-Proxy).",
                _ => "Check the network connection.",
            };
}
