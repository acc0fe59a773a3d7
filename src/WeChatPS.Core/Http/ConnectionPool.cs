using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Http;

/// <summary>
/// One set of warm connections. When the network has proved untrustworthy the set is given up: nothing new starts on it, and it closes
/// when what is still under way has ended.
/// </summary>
internal sealed class ConnectionPool(HttpMessageHandler handler) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: true);
    private int _users = 1; // the owner; each exchange adds itself

    public static ConnectionPool Create(HttpSettings settings) => new(settings.Handler?.Invoke() ?? NewHandler(settings));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    /// <summary>Whether a connection was opened for a request.</summary>
    public static bool OpenedFor(HttpRequestMessage request) =>
        request.Options.TryGetValue(s_openedKey, out bool opened) && opened;

    /// <summary>Gives the pool up: it closes when the last exchange has left it.</summary>
    public void Dispose() => Leave();

    /// <summary>To be called while the owner still holds the pool; every call needs its <see cref="Leave"/>.</summary>
    public void Enter() => Interlocked.Increment(ref _users);

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            _invoker.Dispose();
    }

    private static readonly HttpRequestOptionsKey<bool> s_openedKey = new("opened");

    private static SocketsHttpHandler NewHandler(HttpSettings settings) => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        Proxy = new SessionProxy(settings),
        ConnectTimeout = settings.ConnectTimeout,
        // the platform wakes up four times in this span to look at its idle connections; the probes below find a dead one sooner
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(8),
        ConnectCallback = ConnectAsync,
    };

    // keep-alive probes hold a NAT's mapping open while a poll is quiet, and find a dead peer
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        context.InitialRequestMessage.Options.Set(s_openedKey, true);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 20);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
