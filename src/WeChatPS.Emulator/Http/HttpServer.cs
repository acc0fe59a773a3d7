using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Emulator.Http;

/// <summary>
/// An HTTP/1.1 server on plain sockets, because it must send responses that a normal server refuses to send. It listens only on
/// 127.0.0.1, needs no thread for a waiting request, and can stop and restart on the same port.
/// </summary>
internal sealed class HttpServer(RequestHandler handler, bool compress) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<HttpConnection, Task> _connections = new();
    private readonly TlsIdentity _identity = new();
    private readonly object _gate = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>The port; known after <see cref="Listen"/>.</summary>
    public int Port { get; private set; }

    /// <summary>The certificate for TLS clients.</summary>
    public X509Certificate2 Certificate => _identity.Certificate;

    /// <summary>Starts to listen. Port 0 means a free port.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public void Listen(int port)
    {
        lock (_gate)
        {
            if (_listener is not null)
            {
                return;
            }

            var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
                listener.Listen(1024);
            }
            catch
            {
                listener.Dispose();
                throw;
            }

            Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
            _listener = listener;
            _accepting = AcceptAsync(listener);
        }
    }

    /// <summary>Stops listening and resets all connections.</summary>
    public void Down()
    {
        StopListening();
        foreach (HttpConnection connection in _connections.Keys)
        {
            connection.Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        StopListening();
        await _accepting.ConfigureAwait(false);
        foreach (HttpConnection connection in _connections.Keys)
        {
            connection.Close();
        }

        await Task.WhenAll(_connections.Values).ConfigureAwait(false);
        _identity.Dispose();
    }

    private void StopListening()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            try
            {
                Socket socket = await listener.AcceptAsync(CancellationToken.None).ConfigureAwait(false);
                Serve(socket, listener);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (_listener != listener)
                {
                    return;
                }
            }
        }
    }

    private void Serve(Socket socket, Socket listener)
    {
        var connection = new HttpConnection(socket, handler, _identity, compress);
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = finished.Task;
        _ = Task.Run(async () =>
        {
            try
            {
                await connection.RunAsync().ConfigureAwait(false);
            }
            finally
            {
                _connections.TryRemove(connection, out _);
                connection.Dispose();
                finished.SetResult();
            }
        });
        if (_listener != listener)
        {
            connection.Reset();
        }
    }
}
