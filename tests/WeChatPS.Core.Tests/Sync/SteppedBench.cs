using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>
/// A loop on a clock that moves only when the test says so, in steps. Here polls really last, so that other things happen beside them; the
/// jumping clock of <see cref="LoopBench"/> cannot do that.
/// </summary>
internal sealed class SteppedBench : ISyncTransport, IDisposable
{
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<ulong> _queued = new();
    private readonly List<CancellationToken> _underWay = [];
    private TaskCompletionSource _happened = new();
    private int _cursor;
    private bool _settles;
    private Task? _running;

    public SteppedBench(Inbox? inbox = null)
    {
        Inbox = inbox ?? Inbox.InMemory();
        Health = new SyncHealth(Time, Notices.Add);
        Inbox.StartLogin(1, new SyncCursor("k0"));
        Loop = new SyncLoop(this, Inbox, Health, new RequestBudget(Time), Awakening, Time, () => 0);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public Inbox Inbox { get; }

    public SyncHealth Health { get; }

    public Awakening Awakening { get; } = new(new VirtualTime { IsFrozen = true });

    public SyncLoop Loop { get; }

    public List<SessionNotice> Notices { get; } = [];

    public List<(string Kind, double At)> Requests { get; } = [];

    public int Refreshed { get; private set; }

    /// <summary>What every poll answers; null is the good server, which holds it until a message comes.</summary>
    public Func<CancellationToken, Task<PollReply>>? OnPoll { get; set; }

    /// <summary>What every fetch answers; null is the good server.</summary>
    public Func<CancellationToken, Task<FetchReply>>? OnFetch { get; set; }

    public double Now => (Time.GetUtcNow() - Time.Start).TotalSeconds;

    public int Warnings => Notices.Count(notice => notice.Level == NoticeLevel.Warning);

    /// <summary>A poll that is never answered.</summary>
    public static async Task<T> Never<T>(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        throw new InvalidOperationException("never reached");
    }

    public void Happens(ulong id)
    {
        _queued.Enqueue(id);
        TaskCompletionSource happened = _happened;
        _happened = new TaskCompletionSource();
        happened.SetResult();
    }

    /// <summary>Wakes the loop up. If it heeds that, it goes on in another thread, until its next poll is held.</summary>
    public Task WakeUp(bool isHeeded = true) => Task.Run(() =>
    {
        int before = Requests.Count;
        Awakening.Raise();
        if (isHeeded) Assert.True(SpinWait.SpinUntil(() => IsPolling(before), TimeSpan.FromSeconds(30)));
    });

    /// <summary>Lets the time pass, and the loop with it.</summary>
    public Task Pass(double seconds) => Task.Run(() =>
    {
        // Without a synchronization context, everything that waits for the clock runs within the step.
        _running ??= Loop.RunAsync(_stop.Token);
        double end = Now + seconds;
        while (Now < end - 0.001)
        {
            // What was cancelled goes on in another thread, usually with another request.
            SpinWait.SpinUntil(() => IsParked, TimeSpan.FromSeconds(3));
            _settles = false;
            if (_running.IsFaulted) _running.GetAwaiter().GetResult();
            Time.Advance(s_step);
        }
    });

    /// <summary>Lets the time pass until a message is in the inbox.</summary>
    /// <returns>The seconds that it took.</returns>
    public async Task<double> UntilDelivered(int pending, double patience = 120)
    {
        double began = Now;
        while (Inbox.Pending < pending && Now - began < patience) await Pass(0.1);
        Assert.Equal(pending, Inbox.Pending);
        return Now - began;
    }

    public Task<PollReply> PollAsync(SyncCursor cursor, CancellationToken cancellationToken) =>
        UnderWayAsync("poll", () => AnswerPollAsync(cancellationToken), cancellationToken);

    public Task<FetchReply> FetchAsync(SyncCursor cursor, CancellationToken cancellationToken) =>
        UnderWayAsync("fetch", () => AnswerFetchAsync(cancellationToken), cancellationToken);

    public void Refresh() => Refreshed++;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        Inbox.Dispose();
    }

    private bool IsPolling(int after)
    {
        lock (_underWay) return Requests.Count > after + 1 && Requests[^1].Kind == "poll" && _underWay.Count > 0;
    }

    private bool IsParked
    {
        get
        {
            lock (_underWay)
                return _running!.IsCompleted || (!_settles && !_underWay.Exists(token => token.IsCancellationRequested));
        }
    }

    private async Task<T> UnderWayAsync<T>(string kind, Func<Task<T>> answer, CancellationToken cancellationToken)
    {
        lock (_underWay)
        {
            Requests.Add((kind, Now));
            _underWay.Add(cancellationToken);
            _settles = false;
        }

        try
        {
            return await answer().ConfigureAwait(false);
        }
        finally
        {
            lock (_underWay)
            {
                _underWay.Remove(cancellationToken);
                _settles = cancellationToken.IsCancellationRequested;
            }
        }
    }

    private Task<PollReply> AnswerPollAsync(CancellationToken cancellationToken) =>
        OnPoll is null ? GoodPollAsync(cancellationToken) : OnPoll(cancellationToken);

    /// <summary>The good server's poll.</summary>
    public async Task<PollReply> GoodPollAsync(CancellationToken cancellationToken)
    {
        double began = Now;
        if (_queued.Count == 0)
        {
            await _happened.Task.WaitAsync(Hold, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return _queued.Count > 0 ? Replies.Changes() : Replies.Nothing(TimeSpan.FromSeconds(Now - began));
    }

    private Task<FetchReply> AnswerFetchAsync(CancellationToken cancellationToken) =>
        OnFetch is null ? Task.FromResult(GoodFetch()) : OnFetch(cancellationToken);

    /// <summary>The good server's fetch.</summary>
    public FetchReply GoodFetch()
    {
        ulong[] ids = [.. _queued];
        _queued.Clear();
        return Replies.Fetched($"k{++_cursor}", ids);
    }
}
