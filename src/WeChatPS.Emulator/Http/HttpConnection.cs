using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Emulator.Http;

/// <summary>Processes one request. The token is cancelled when the client disconnects or the server stops.</summary>
internal delegate Task<HttpReply> RequestHandler(HttpRequest request, CancellationToken gone);

/// <summary>One client connection, which processes requests one after the other.</summary>
internal sealed class HttpConnection : IDisposable
{
    /// <summary>The first byte of a TLS greeting.</summary>
    private const byte Handshake = 0x16;

    private static readonly TimeSpan s_handshakeTime = TimeSpan.FromSeconds(10);

    private static long s_last;

    private readonly long _number = Interlocked.Increment(ref s_last);
    private readonly Socket _socket;
    private readonly RequestHandler _handler;
    private readonly TlsIdentity _identity;
    private readonly bool _compress;
    private readonly CancellationTokenSource _gone = new();
    private Stream _stream;

    public HttpConnection(Socket socket, RequestHandler handler, TlsIdentity identity, bool compress)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: false);
        _handler = handler;
        _identity = identity;
        _compress = compress;
    }

    /// <summary>Serves the connection to its end. Nothing that a client does causes an exception.</summary>
    public async Task RunAsync()
    {
        try
        {
            await OpenAsync().ConfigureAwait(false);
            var reader = new RequestReader(_stream, ClientGone);
            var writer = new ReplyWriter(_stream, _compress);
            while (await ServeOneAsync(reader, writer).ConfigureAwait(false))
            {
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or AuthenticationException)
        {
            // The connection is already closed.
        }
    }

    /// <summary>Resets the connection, as a crashing server does.</summary>
    public void Reset()
    {
        try
        {
            _socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Already down.
        }

        Close();
    }

    /// <summary>Closes the connection. Sent bytes still arrive.</summary>
    public void Close()
    {
        _socket.Dispose();
        ClientGone();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
        _gone.Dispose();
    }

    private void ClientGone()
    {
        try
        {
            _gone.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended already.
        }
    }

    /// <summary>Starts TLS when the client sends a TLS handshake, so that one port supports http and https.</summary>
    private async Task OpenAsync()
    {
        var first = new byte[1];
        int count = await _socket.ReceiveAsync(first, SocketFlags.Peek).ConfigureAwait(false);
        if (count == 1 && first[0] == Handshake)
        {
            var tls = new SslStream(_stream);
            _stream = tls;
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
            patience.CancelAfter(s_handshakeTime);
            var options = new SslServerAuthenticationOptions { ServerCertificate = _identity.Certificate };
            await tls.AuthenticateAsServerAsync(options, patience.Token).ConfigureAwait(false);
        }
    }

    private async Task<bool> ServeOneAsync(RequestReader reader, ReplyWriter writer)
    {
        HttpRequest? request;
        try
        {
            request = await reader.ReadAsync().ConfigureAwait(false);
        }
        catch (BadRequestException e)
        {
            var closing = new HttpRequest("GET", "/", "HTTP/1.0", []);
            await writer.WriteAsync(closing, HttpReply.Plain(e.Status, e.Message + "\n"), _gone.Token).ConfigureAwait(false);
            _socket.Shutdown(SocketShutdown.Send);
            return false;
        }

        if (request is null)
        {
            return false;
        }

        request.Connection = _number;
        reader.ReadAhead();
        HttpReply reply = await _handler(request, _gone.Token).ConfigureAwait(false);
        bool more = await writer.WriteAsync(request, reply, _gone.Token).ConfigureAwait(false);
        reply.WhenSent?.Invoke();
        if (reply.Delivery == ReplyDelivery.Reset || reply.Raw?.End == RawEnd.Reset)
        {
            Reset();
        }
        else if (!more)
        {
            _socket.Shutdown(SocketShutdown.Send);
        }

        return more;
    }
}
