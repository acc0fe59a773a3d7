using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Core.Tests.Http;

/// <summary>A server on loopback that sends exactly the bytes a test wants, or none.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<RawConnection, Task> _serve;
    private int _connections;

    /// <param name="serve">What to do with each connection; it is closed afterwards.</param>
    public RawServer(Func<RawConnection, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        Uri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri Uri { get; }

    /// <summary>Every request that arrived whole.</summary>
    public ConcurrentQueue<RawRequest> Requests { get; } = new();

    /// <summary>A server that gives every request the same reply and keeps its connections.</summary>
    public static RawServer Answering(string reply) => new(async connection =>
    {
        while (await connection.ReadRequestAsync() is not null)
            await connection.SendAsync(reply);
    });

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), Interlocked.Increment(ref _connections));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // stopped
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using (client)
        {
            try
            {
                await _serve(new RawConnection(client, number, Requests, _stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // the client went away, or the test is over
            }
        }
    }
}

internal sealed record RawRequest(int Connection, string Head, byte[] Body)
{
    public string Line => Head[..Head.IndexOf('\r', StringComparison.Ordinal)];

    /// <summary>The values of a header, in order.</summary>
    public IEnumerable<string> Header(string name) => Head.Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim());
}

internal sealed class RawConnection(TcpClient client, int number, ConcurrentQueue<RawRequest> requests, CancellationToken stop)
{
    private readonly NetworkStream _stream = client.GetStream();

    public int Number { get; } = number;

    /// <summary>The next request; null when the client closed.</summary>
    public async Task<RawRequest?> ReadRequestAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(one, stop) == 0)
                return null;
            head.Append((char)one[0]);
        }

        var request = new RawRequest(Number, head.ToString(), []);
        if (request.Header("Content-Length").SingleOrDefault() is { } length)
        {
            var body = new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
            await _stream.ReadExactlyAsync(body, stop);
            request = request with { Body = body };
        }

        requests.Enqueue(request);
        return request;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes, stop);

    /// <summary>Sends nothing more until the client gives up.</summary>
    public async Task HangAsync()
    {
        var one = new byte[1];
        while (await _stream.ReadAsync(one, stop) > 0)
        {
        }
    }

    /// <summary>Breaks the connection with a reset instead of an orderly end.</summary>
    public void Reset() => client.Client.Close(0);
}
