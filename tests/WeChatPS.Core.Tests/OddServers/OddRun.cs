using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Live;
using WeChatPS.Emulator;

namespace WeChatPS.Core.Tests.OddServers;

/// <summary>Runs one row: a client that receives, a server that is good, odd, and good again.</summary>
internal sealed class OddRun : IAsyncDisposable
{
    /// <summary>Requests without progress in any <see cref="s_window"/>.</summary>
    public const int MostRequests = 15;

    /// <summary>Beyond this many, a row has run free, and goes on for no longer: it would slow down the others.</summary>
    private const int RunsFree = 200;

    /// <summary>One second less than the rule says, because requests that leave evenly may arrive closer together.</summary>
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(14);

    /// <summary>After this time something never happens, however slow the machine is.</summary>
    private static readonly TimeSpan s_never = TimeSpan.FromSeconds(20);

    /// <summary>Long enough to see whether the loop runs free, or repeats a message, when the server is good again.</summary>
    private TimeSpan Aftermath => TimeSpan.FromSeconds(_row.IsHeavy ? 1 : 8);

    /// <summary>A hundred logins at once would be the oddest of all.</summary>
    private static readonly SemaphoreSlim s_logins = new(16);

    private readonly OddServer _row;
    private readonly OddStage _stage;
    private readonly ConcurrentQueue<(string Text, int Deliveries, DateTimeOffset At)> _received = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _faults = [];
    private readonly List<string> _late = [];
    private readonly List<(DateTimeOffset At, string What)> _marks = [];
    private WeChatSession _session = null!;
    private Task _receiving = Task.CompletedTask;
    private long _from;

    private OddRun(OddServer row) => (_row, _stage) = (row, new OddStage(row));

    public static async Task<OddOutcome> RunAsync(OddServer row)
    {
        if (row.IsHeavy) GC.Collect();
        using var memory = new HeapWatch();
        await using var run = new OddRun(row);
        TimeSpan? recovery = null;
        int requests = 0;
        try
        {
            recovery = await run.RunAsync();
            requests = run.WorstRequests();
            run.Judge(requests);
        }
        catch (Exception e)
        {
            run._faults.Add($"the row failed: {e.GetType().Name}: {e.Message}");
        }

        return new OddOutcome(row, requests, recovery, memory.Most, run._faults, run._late) { Course = run.Course() };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving;
        await _stage.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<TimeSpan?> RunAsync()
    {
        await s_logins.WaitAsync();
        try
        {
            _session = await _stage.Server.ConnectAsync(_stage.Options);
        }
        finally
        {
            s_logins.Release();
        }

        _receiving = ReceiveAsync();
        Deliver("before");
        if (await ArrivalAsync("before") is null) throw new TimeoutException("nothing came even before");

        _from = _stage.Emulator.Requests.Get().Count;
        _row.Begin(_stage);

        // It ends the poll that is held, so that the oddity begins at once.
        _stage.Emulator.Self.PhoneActivity();
        await OddAsync(_row.Lasts / 2);
        DateTimeOffset sent = Deliver("meanwhile");
        await OddAsync(_row.Lasts / 2);
        _stage.End();
        DateTimeOffset end = DateTimeOffset.UtcNow;
        _marks.Add((end, "the server is good again"));

        Task<DateTimeOffset?> online = WhenAsync(() => _session.State == SessionState.Online);
        TimeSpan? recovery = Since(_row.Delivers ? sent : end, await ArrivalAsync("meanwhile"), "the message of meanwhile", _row.Within);
        sent = Deliver("afterwards");
        Since(sent, await ArrivalAsync("afterwards"), "the message of afterwards", TimeSpan.FromSeconds(5));
        Since(end, await online, "Online", TimeSpan.FromSeconds(10));
        TimeSpan left = end + Aftermath - DateTimeOffset.UtcNow;
        if (left > TimeSpan.Zero) await Task.Delay(left);
        return recovery;
    }

    private async Task OddAsync(TimeSpan span)
    {
        DateTimeOffset end = DateTimeOffset.UtcNow + span;
        while (DateTimeOffset.UtcNow < end && (_row.IsBacklog || Requests().Length < RunsFree)) await Task.Delay(100);
    }

    private void Judge(int requests)
    {
        if (requests > MostRequests && !_row.IsBacklog) _late.Add($"{requests} requests without progress");
        Complain([.. _received.Where(one => one.Deliveries > 1).Select(one => $"'{one.Text}' was delivered {one.Deliveries} times")]);
        Complain([.. _received.GroupBy(one => one.Text).Where(same => IsOurs(same.Key) && same.Count() > 1).Select(same => $"'{same.Key}' came {same.Count()} times")]);
        if (_stage.Mistake is { } mistake) _faults.Add($"the row itself failed: {mistake}");
        if (_receiving.IsFaulted || (_receiving.IsCompleted && !_stop.IsCancellationRequested)) _faults.Add("the receiver has ended");
    }

    private void Complain(string[] faults)
    {
        const int Enough = 3;
        _faults.AddRange(faults.Take(Enough));
        if (faults.Length > Enough) _faults.Add($"and so on, {faults.Length} in all");
    }

    /// <summary>Whether a text is that of one message. Others are noise, which may repeat itself.</summary>
    private static bool IsOurs(string text) => text is "before" or "meanwhile" or "afterwards" || text.StartsWith("junk ", StringComparison.Ordinal);

    private async Task ReceiveAsync()
    {
        using MessageStream stream = _session.OpenStream(Streams.Texts);
        try
        {
            while (true)
            {
                StreamEntry entry = await stream.NextAsync(_stop.Token);
                if (entry.IsEnd) return;
                if (entry.Message is not { } message) continue;
                _received.Enqueue((message.Text[..Math.Min(message.Text.Length, 100)], message.DeliveryCount, DateTimeOffset.UtcNow));
                stream.Acknowledge(message);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            lock (_faults) _faults.Add($"the receiver ended with {e.GetType().Name}: {e.Message}");
        }
    }

    private DateTimeOffset Deliver(string text)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        _marks.Add((now, $"sent '{text}'"));
        _stage.Emulator.Deliver("张三", text);
        return now;
    }

    private async Task<DateTimeOffset?> ArrivalAsync(string text)
    {
        (string Text, int, DateTimeOffset At) found = default;
        await WhenAsync(() => (found = _received.FirstOrDefault(one => one.Text == text)).Text is not null);
        return found.Text is null ? null : found.At;
    }

    /// <returns>When the condition came to hold; null for never.</returns>
    private async Task<DateTimeOffset?> WhenAsync(Func<bool> condition)
    {
        DateTimeOffset deadline = DateTimeOffset.UtcNow + s_never;
        while (!condition())
        {
            if (DateTimeOffset.UtcNow > deadline || _receiving.IsCompleted) return null;
            await Task.Delay(20);
        }

        return DateTimeOffset.UtcNow;
    }

    private TimeSpan? Since(DateTimeOffset start, DateTimeOffset? at, string what, TimeSpan within)
    {
        if (at is null)
        {
            _late.Add($"never: {what}");
            return null;
        }

        TimeSpan took = at > start ? at.Value - start : TimeSpan.Zero;
        if (took > within) _late.Add(FormattableString.Invariant($"{took.TotalSeconds:0.0} s until {what}"));
        return took;
    }

    /// <summary>The requests that nobody asked for. What the user sends is none of them.</summary>
    private LoggedRequest[] Requests() =>
        [.. _stage.Emulator.Requests.Get().Where(request => request.Number > _from && request.Endpoint is not "webwxsendmsg")];

    /// <summary>What happened, by the second, for whoever wants to know why.</summary>
    private string Course()
    {
        LoggedRequest[] requests = Requests();
        if (requests.Length == 0) return "";
        DateTimeOffset start = requests[0].Time;
        return string.Join('\n', requests.Select(one => (one.Time, Text: FormattableString.Invariant($"{one.Endpoint} ({one.Elapsed?.TotalSeconds:0.0} s, {one.Status})")))
            .Concat(_marks).Concat(_received.Take(100).Select(one => (one.At, $"received '{one.Text}'")))
            .OrderBy(one => one.Item1).Select(one => FormattableString.Invariant($"{(one.Item1 - start).TotalSeconds,6:0.0} {one.Item2}")));
    }

    /// <summary>Counts in each window all requests but those of turns that brought a message: its poll and its fetch.</summary>
    private int WorstRequests()
    {
        DateTimeOffset[] at = [.. Requests().Select(request => request.Time).Order()];
        DateTimeOffset[] progress = [.. _received.GroupBy(one => one.Text).Where(text => text.Key is "meanwhile" or "afterwards").Select(text => text.First().At)];
        int worst = 0;
        for (int first = 0, last = 0; last < at.Length; last++)
        {
            while (at[last] - at[first] > s_window) first++;
            int excused = 2 * progress.Count(moment => moment >= at[first] && moment <= at[last] + TimeSpan.FromSeconds(1));
            worst = Math.Max(worst, last - first + 1 - excused);
        }

        return worst;
    }
}
