using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Emulator.Http;

/// <summary>Answers one request with one reply. The token is cancelled when the client hangs up or the server stops.</summary>
internal delegate Task<HttpReply> RequestHandler(HttpRequest request, CancellationToken gone);

/// <summary>One client connection: requests in, replies out, one after the other, until somebody ends it.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly RequestHandler _handler;
    private readonly CancellationTokenSource _gone = new();
    private readonly RequestReader _reader;
    private readonly ReplyWriter _writer;

    public HttpConnection(Socket socket, RequestHandler handler, bool compress)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: false);
        _handler = handler;
        _reader = new RequestReader(_stream, ClientGone);
        _writer = new ReplyWriter(_stream, compress);
    }

    /// <summary>Serves the connection to its end; never throws for what a client can do.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await ServeOneAsync().ConfigureAwait(false))
            {
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client went away, or we cut it off: there is nobody left to tell.
        }
    }

    /// <summary>Cuts the connection with a reset, as a pulled cable or a dying server does.</summary>
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

    private async Task<bool> ServeOneAsync()
    {
        HttpRequest? request;
        try
        {
            request = await _reader.ReadAsync().ConfigureAwait(false);
        }
        catch (BadRequestException e)
        {
            var closing = new HttpRequest("GET", "/", "HTTP/1.0", []);
            await _writer.WriteAsync(closing, HttpReply.Plain(e.Status, e.Message + "\n"), _gone.Token).ConfigureAwait(false);
            _socket.Shutdown(SocketShutdown.Send);
            return false;
        }

        if (request is null)
        {
            return false;
        }

        _reader.ReadAhead();
        HttpReply reply = await _handler(request, _gone.Token).ConfigureAwait(false);
        bool more = await _writer.WriteAsync(request, reply, _gone.Token).ConfigureAwait(false);
        if (reply.Delivery == ReplyDelivery.Reset)
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
