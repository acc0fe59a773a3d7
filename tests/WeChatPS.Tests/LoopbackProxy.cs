using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace WeChatPS.Tests;

/// <summary>A proxy on loopback that wants credentials, and then leads nowhere: nothing that is sent through it leaves this machine.</summary>
internal sealed class LoopbackProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public LoopbackProxy()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>What it was asked: the first line, and the credentials that came with it, if any.</summary>
    public ConcurrentQueue<(string Line, string? Credentials)> Asked { get; } = new();

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // stopped
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient connection = client;
        try
        {
            using var reader = new StreamReader(connection.GetStream());
            await using var writer = new StreamWriter(connection.GetStream()) { NewLine = "\r\n", AutoFlush = true };
            while (await reader.ReadLineAsync() is { } line)
            {
                string? credentials = null;
                while (await reader.ReadLineAsync() is { Length: > 0 } header)
                {
                    if (header.StartsWith("Proxy-Authorization: ", StringComparison.OrdinalIgnoreCase)) credentials = header[21..];
                }

                Asked.Enqueue((line, credentials));
                await writer.WriteAsync(credentials is null
                    ? "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
                    : "HTTP/1.1 502 Nowhere\r\nContent-Length: 0\r\n\r\n");
            }
        }
        catch (IOException)
        {
            // the client has hung up
        }
    }
}
