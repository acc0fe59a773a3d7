using System;
using System.Net;

namespace WeChatPS.Http;

/// <summary>
/// The proxy from -Proxy or from the system. Loopback addresses bypass the proxy, because http traffic to them must not leave this machine.
/// </summary>
internal sealed class SessionProxy(HttpSettings settings) : IWebProxy
{
    private readonly IWebProxy? _named = settings.Proxy is null ? OfSystem() : new WebProxy(settings.Proxy);

    public ICredentials? Credentials
    {
        get => settings.ProxyCredential ?? _named?.Credentials;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _named!.GetProxy(destination);

    public bool IsBypassed(Uri host) => settings.NoProxy || host.IsLoopback || _named is null || _named.IsBypassed(host);

    private static IWebProxy OfSystem() => System.Net.Http.HttpClient.DefaultProxy;
}
