using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>The same over TLS, and connections on which TLS itself fails.</summary>
internal static class TlsRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("tls");

    public static IEnumerable<OddServer> All =>
    [
        Row("nothing is odd", _ => { }) with { Delivers = true },
        Row("the end without a farewell", stage => stage.All(Odd.Headed(_ => "HTTP/1.1 200 OK\r\n\r\n", RawEnd.Close))) with { Delivers = true },
        Row("a reset within the body", stage => stage.All(Odd.Bytes("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"Base", RawEnd.Reset))),
        Row("503", stage => stage.All(Odd.With("HTTP/1.1 503 Service Unavailable"))),
        Row("plain HTTP behind the port", stage => Behind(stage, async socket =>
        {
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            await Task.Delay(200);
        })),
        Row("a handshake that nobody answers", stage => Behind(stage, socket => Task.Delay(Timeout.Infinite, stage.Over))),
        Row("a handshake that ends at once", stage => Behind(stage, socket => Task.CompletedTask)),
        Row("a handshake answered by noise", stage => Behind(stage, async socket => await socket.SendAsync((byte[])[0x16, 3, 3, 0xff, 0xff, 1, 2, 3, 4, 5]))),
        Row("somebody else's certificate", stage =>
        {
            WeChatEmulator other = WeChatEmulator.Start();
            stage.Over.Register(() => _ = other.DisposeAsync().AsTask());
            stage.Port = other.Endpoint.Port;
            Cut(stage);
        }),
    ];

    private static OddServer Row(string name, Action<OddStage> begin) => s_row(name, begin) with { IsTls = true };

    /// <summary>New connections lead to a server of this behaviour, and those that are open are cut.</summary>
    private static void Behind(OddStage stage, Func<Socket, Task> behave)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        stage.Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        stage.Over.Register(listener.Stop);
        stage.Meanwhile(async () =>
        {
            Socket socket = await listener.AcceptSocketAsync(stage.Over);
            _ = Task.Run(async () =>
            {
                using (socket)
                {
                    await behave(socket).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            });
        });
        Cut(stage);
    }

    private static void Cut(OddStage stage)
    {
        stage.Emulator.Pause();
        stage.Emulator.Resume();
    }
}
