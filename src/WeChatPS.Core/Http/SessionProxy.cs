using System;
using System.Net;

namespace WeChatPS.Http;

/// <summary>
/// The proxy that the user or the system names, except for this machine itself: what goes to loopback in the clear must not leave it.
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
