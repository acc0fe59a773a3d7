using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator.Faults;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The endpoints synccheck (the long poll) and webwxsync (the fetch).</summary>
internal sealed class SyncEndpoints(World world, FaultPlan faults)
{
    public IEnumerable<Endpoint> All =>
    [
        new("synccheck", "GET", PollAsync) { Refuse = (ret, _) => Result(ret, 0) },
        Endpoint.Prompt("webwxsync", "POST", Fetch) with { Refuse = SyncReply.Refused },
    ];

    private static HttpReply Result(int retcode, int selector)
    {
        string script = string.Create(CultureInfo.InvariantCulture, $$"""window.synccheck={retcode:"{{retcode}}",selector:"{{selector}}"}""");
        HttpReply reply = HttpReply.Of("text/javascript", script).With("Access-Control-Allow-Origin", "*");
        reply.Ret = retcode;
        return reply;
    }

    private async Task<HttpReply> PollAsync(Exchange exchange, CancellationToken gone)
    {
        world.Counters.Poll();
        WebSession session = exchange.SessionOfPoll();
        if (exchange.HasFault(FaultKind.InstantZero))
        {
            return Result(0, 0);
        }

        if (exchange.HasFault(FaultKind.PhantomSelector))
        {
            return Result(0, exchange.Fault!.Code ?? 2);
        }

        // With another spelling, the parameter is missing. The server does not hold a poll without keys.
        Dictionary<int, long>? keys = SyncKeys.Parse(exchange.Request.Query.GetValueOrDefault("synckey"));
        if (keys is null)
        {
            return Result(0, 0);
        }

        if (faults.Holds("webwxsync", FaultKind.ClockOnlyKey))
        {
            return Result(0, 2);
        }

        return await HoldAsync(session, keys, gone).ConfigureAwait(false);
    }

    private async Task<HttpReply> HoldAsync(WebSession session, Dictionary<int, long> keys, CancellationToken gone)
    {
        long start = Stopwatch.GetTimestamp();
        world.Counters.PollHeld();
        try
        {
            while (true)
            {
                Task changed = session.Changed.Next;
                int end;
                int selector;
                lock (world.Gate)
                {
                    end = session.EndCode;
                    selector = KeyRing.Selector(session, keys);
                }

                TimeSpan left = world.Options.Hold - Stopwatch.GetElapsedTime(start);
                if (end != 0 || selector != 0 || left <= TimeSpan.Zero || gone.IsCancellationRequested)
                {
                    return Result(end, end == 0 ? selector : 0);
                }

                await Waiting.ForAsync(changed, left, gone).ConfigureAwait(false);
            }
        }
        finally
        {
            world.Counters.PollReleased();
        }
    }

    private HttpReply Fetch(Exchange exchange)
    {
        WebSession session = exchange.SessionOfBody();
        exchange.CheckPassTicket(session);
        Dictionary<int, long> keys = SyncKeys.Parse(Exchange.Object(exchange.Body, "SyncKey")) ?? throw new RefusedException(1);
        SyncTurn turn;
        lock (world.Gate)
        {
            turn = SyncTurn.Take(session, keys, world.Options.MaxMessagesPerSync);
        }

        if (exchange.Fault is { } fault)
        {
            turn = SyncFaults.Apply(fault, turn, session, keys);
        }

        world.Counters.Sync(turn.Messages.Count);
        HttpReply reply = SyncReply.Of(turn, session.Key.TakeUnsent());
        SessionCookies.Renew(reply, session, world.Home);
        return reply;
    }
}
