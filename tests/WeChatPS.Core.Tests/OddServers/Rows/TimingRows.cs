using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Emulator;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Slow, silent and absent servers.</summary>
internal static class TimingRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("timing");

    public static IEnumerable<OddServer> All =>
    [
        s_row("a fetch byte by byte", stage => stage.Fetches(async exchange => (await exchange.NormalAsync()).ToRaw().Dripped(1, TimeSpan.FromMilliseconds(200)))),
        s_row("a poll byte by byte", stage => stage.Polls(async exchange => (await exchange.NormalAsync()).ToRaw().Dripped(1, TimeSpan.FromMilliseconds(10)))) with { Delivers = true, Within = TimeSpan.FromSeconds(9) },
        s_row("a slow line: 120 KB at 12 KB/s", stage => stage.Fetches(async exchange =>
        {
            NormalReply normal = await exchange.NormalAsync();
            normal.Text += new string(' ', 120_000);
            return normal.ToRaw().Dripped(1200, TimeSpan.FromMilliseconds(100));
        })) with { Delivers = true, Lasts = TimeSpan.FromSeconds(30), Within = TimeSpan.FromSeconds(13) },
        s_row("polls that never answer", stage => stage.Polls(Hang(stage))) with { Delivers = true, Lasts = TimeSpan.FromSeconds(24), Within = TimeSpan.FromSeconds(10) },
        s_row("fetches that never answer", stage => stage.Fetches(Hang(stage))),
        s_row("nothing ever answers", stage => stage.All(Hang(stage))),
        s_row("half-open after the head", stage => stage.All(_ => Task.FromResult(stage.Stalled("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")))),
        s_row("half-open within the status line", stage => stage.All(_ => Task.FromResult(stage.Stalled("HTTP/1.")))),
        s_row("half-open within a chunk", stage => stage.All(_ => Task.FromResult(stage.Stalled("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{")))),
        s_row("every answer three seconds late", stage => stage.All(async exchange =>
        {
            NormalReply normal = await exchange.NormalAsync();
            await Task.Delay(3000, exchange.Gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return normal.ToRaw();
        })) with { Delivers = true, Within = TimeSpan.FromSeconds(9) },
        s_row("every answer later than the client waits", stage => stage.All(async exchange =>
        {
            await Task.Delay(OddStage.PollDeadline + TimeSpan.FromSeconds(1), stage.Over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return (await exchange.NormalAsync()).ToRaw();
        })),
        s_row("a drip that never ends", stage => stage.Fetches(_ => Task.FromResult(new RawReply(
            Enumerable.Repeat(new RawPiece(" "u8.ToArray(), TimeSpan.FromMilliseconds(100)), 100_000).TakeWhile(_ => !stage.Over.IsCancellationRequested)
                .Prepend(new RawPiece("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"u8.ToArray())), RawEnd.Reset)))),
        s_row("nobody listens", stage => stage.Emulator.Pause()),
        s_row("up for a second, down for a second", stage => stage.Meanwhile(async () =>
        {
            stage.Emulator.Pause();
            await Task.Delay(1000);
            stage.Emulator.Resume();
            await Task.Delay(1000);
        })),
        s_row("503 for a quarter of a minute", stage => stage.All(Odd.With("HTTP/1.1 503 Service Unavailable"))),
        s_row("503, a page, a reset and silence in turn", stage =>
        {
            int n = 0;
            stage.All(_ => Task.FromResult((n++ % 4) switch
            {
                0 => Odd.With("HTTP/1.1 503 Service Unavailable"),
                1 => Odd.Ok("<html>busy</html>"),
                2 => Odd.Bytes("", RawEnd.Reset),
                _ => Odd.Bytes(""),
            }));
        }),
    ];

    private static Func<RawExchange, Task<RawReply>> Hang(OddStage stage) => async exchange =>
    {
        await stage.UntilOverAsync(exchange.Gone);
        return Odd.Bytes("", RawEnd.Reset);
    };
}
