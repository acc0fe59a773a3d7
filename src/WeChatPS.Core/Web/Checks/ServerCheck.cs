using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;

namespace WeChatPS.Web.Checks;

/// <summary>The response or failure of a simple request to a host.</summary>
internal sealed record HostReply(Uri Host, WireReply? Reply, WireException? Failure)
{
    /// <summary>Whether the request did not reach the host.</summary>
    public bool IsUnreached => Failure?.NeverSent == true;
}

/// <summary>Checks that the servers of a session respond. A failure shows the cause: name, network, proxy or certificate.</summary>
internal static class ServerCheck
{
    /// <summary>The reason why a check that needs a response was not possible.</summary>
    public const string NoReply = "The server did not respond.";

    private const int MaxPage = 4 * 1024 * 1024;

    /// <summary>Requests the home page of each host of a session. The host for polls is the first.</summary>
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

    /// <param name="replies">The responses of the hosts. Any response is sufficient.</param>
    /// <param name="proxyFor">Gets the proxy for a host.</param>
    public static Finding Examine(IReadOnlyList<HostReply> replies, Func<Uri, Uri?> proxyFor)
    {
        HostReply? worst = replies.FirstOrDefault(host => host.IsUnreached) ?? replies.FirstOrDefault(host => host.Failure is not null);
        return worst is null
            ? Finding.Ok(string.Join(", ", replies.Select(host => $"{host.Host.Authority} responds in {host.Reply!.Elapsed.TotalMilliseconds:0} ms")) + ".")
            : Examine(worst.Failure!, proxyFor(worst.Host));
    }

    /// <summary>Explains a failure of a request to a server.</summary>
    public static Finding Examine(WireException failure, Uri? proxy)
    {
        string prefix = failure.Endpoint + ": ";
        string found = DisplayText.Visible(failure.Message.StartsWith(prefix, StringComparison.Ordinal) ? failure.Message[prefix.Length..] : failure.Message);
        return failure.Failure switch
        {
            WireFailure.Tls when WireFailures.IsCertificate(failure) => Finding.Problem(found,
                "A proxy, captive portal or virus scanner uses its own certificate, or the clock of this machine is wrong. No data was sent."),
            WireFailure.Tls => Finding.Problem(found,
                "The server does not use https on this port, or a proxy or firewall disturbs the connection. Check -Endpoint. No data was sent."),
            WireFailure.NoConnection => Finding.Problem(found, NoConnection(WireFailures.CauseOf(failure), proxy)),
            WireFailure.Deadline => Finding.Problem(found, "The connection works, but no response arrives. Try another network or proxy."),
            WireFailure.Cut => Finding.Problem(found, "A firewall, a proxy or the server closes connections. Try another network."),
            _ => Finding.Problem(found, "The response is not from a web server. Check -Endpoint and the proxy."),
        };
    }

    private static string NoConnection(NoConnectionCause cause, Uri? proxy) =>
        proxy is not null || cause == NoConnectionCause.Proxy
            ? $"The connection uses the proxy {proxy?.Authority}. Check its address and credentials (-Proxy, -ProxyCredential), or connect with -NoProxy."
            : cause switch
            {
                NoConnectionCause.Name => "The host name was not found. Check the network connection and the DNS server.",
                NoConnectionCause.Refused => "The connection was refused. The server is down, a firewall blocks it, or -Endpoint has the wrong port.",
                NoConnectionCause.Silence => "The connection attempt had no response. A firewall may block it, or a proxy is required (-Proxy).",
                _ => "Check the network connection.",
            };
}
