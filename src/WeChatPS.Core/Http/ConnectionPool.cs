using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Http;

/// <summary>
/// A set of open connections. After a connection failure the pool is replaced: no new request uses it, and it closes when its last
/// exchange ends.
/// </summary>
internal sealed class ConnectionPool(HttpMessageHandler handler) : IDisposable
{
    // In seconds, and their number.
    private const int ProbeAfter = 10;
    private const int ProbeEvery = 2;
    private const int Probes = 3;

    private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: true);
    private int _users = 1; // the owner and every running exchange

    public static ConnectionPool Create(HttpSettings settings) => new(settings.Handler?.Invoke() ?? NewHandler(settings));

    public static SocketsHttpHandler NewHandler(HttpSettings settings) => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        Proxy = new SessionProxy(settings),
        ConnectTimeout = settings.ConnectTimeout,
        // The platform checks idle connections four times in this span, so a long span saves CPU. The probes below find dead connections sooner.
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(8),
        ConnectCallback = ConnectAsync,
    };

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    /// <summary>Whether a request opened a new connection.</summary>
    public static bool OpenedFor(HttpRequestMessage request) =>
        request.Options.TryGetValue(s_openedKey, out bool opened) && opened;

    /// <summary>Releases the owner's hold. The pool closes when the last exchange has left.</summary>
    public void Dispose() => Leave();

    /// <summary>Registers an exchange. Call it while the owner holds the pool, and call <see cref="Leave"/> once for each call.</summary>
    public void Enter() => Interlocked.Increment(ref _users);

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            _invoker.Dispose();
    }

    private static readonly HttpRequestOptionsKey<bool> s_openedKey = new("opened");

    // Keep-alive probes keep a NAT mapping open during a held poll, and show within 16 s that the peer (or the proxy) is gone: a poll without
    // them would wait for its deadline. The kernel sends them; they cost no wake-up here.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        context.InitialRequestMessage.Options.Set(s_openedKey, true);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            KeepAlive(socket);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void KeepAlive(Socket socket)
    {
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, ProbeAfter);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeEvery);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        }
        catch (SocketException)
        {
            // Windows before version 1709 lacks some of them. The deadlines find a dead peer too, only later.
        }
    }
}
