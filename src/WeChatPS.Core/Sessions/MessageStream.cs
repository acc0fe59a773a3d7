using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;

namespace WeChatPS;

/// <summary>
/// One receiver's view of a session: keeps the loop running while it is open and brings what is in the inbox, oldest first. A message
/// that is not handed over stays in the inbox and comes first next time.
/// </summary>
internal sealed class MessageStream : IDisposable
{
    private readonly WeChatSession _session;
    private readonly Inbox _inbox;
    private readonly StreamOptions _options;
    private readonly Signal _signal;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private readonly DateTimeOffset _opened;
    private readonly DateTimeOffset? _end;
    private readonly ITimer? _timer;

    internal MessageStream(WeChatSession session, Inbox inbox, SyncLoop loop, Signal signal, StreamOptions options)
    {
        (_session, _inbox, _signal, _options) = (session, inbox, signal, options);
        _opened = session.Time.GetUtcNow();
        _end = options.Timeout is { } timeout ? _opened + timeout : null;
        if (_end is not null || options.OfflineTimeout is not null)
            _timer = session.Time.CreateTimer(_ => signal.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _work = Task.Run(() => options.NoWait ? loop.DrainAsync(_stop.Token) : loop.RunAsync(_stop.Token));
        _work.ContinueWith(work => Ended(work, signal), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Brings the next message or notice, as soon as there is one.</summary>
    /// <exception cref="WeChatException">The session ended or was closed, or the server could not be reached for too long; in the first and
    /// the last case after all that was in the inbox.</exception>
    public async ValueTask<StreamEntry> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!_options.LeavesNotices && _session.Notices.TryTake(_options.ShowsTrace, out SessionNotice? notice)) return new StreamEntry(null, notice);
                if (_stop.IsCancellationRequested) throw _session.NotConnected();

                // looked at before the inbox: what the work left there on its way out must still be seen
                bool workIsDone = _work.IsCompleted;
                if (Remaining(_end) <= TimeSpan.Zero) return default;
                if (_inbox.TryTake(out InboxEntry entry))
                {
                    WeChatMessage message = await _session.ReadAsync(entry, cancellationToken).ConfigureAwait(false);
                    if (_options.Filter is null || _options.Filter(message)) return new StreamEntry(message, null);
                    if (_options.Leaves?.Invoke(message) == true) _session.NoteLeft();
                    else _inbox.HandedOver(entry.Sequence);
                    continue;
                }

                if (workIsDone)
                {
                    await _session.EndingAsync(_work).ConfigureAwait(false);
                    return default;
                }

                ThrowWhenOfflineForTooLong();
                ArmTimer();
                await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ObjectDisposedException) when (_stop.IsCancellationRequested)
        {
            throw _session.NotConnected();
        }
    }

    /// <summary>The pipeline took the message: it leaves the inbox.</summary>
    public void HandedOver(WeChatMessage message) => _inbox.HandedOver(message.Sequence);

    /// <summary>Stops the loop. What was given out and not handed over comes first next time.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _timer?.Dispose();
        _session.Release(this);
    }

    private static void Ended(Task work, Signal signal)
    {
        // seen: who has closed the stream does not ask any more
        _ = work.Exception;
        signal.Set();
    }

    private TimeSpan? Remaining(DateTimeOffset? until) => until - _session.Time.GetUtcNow();

    // an outage that an earlier stream has met already counts from this one's beginning: it has not tried yet
    private DateTimeOffset? OfflineEnd =>
        (_session.OfflineSince is { } since && since < _opened ? _opened : _session.OfflineSince) + _options.OfflineTimeout;

    private void ThrowWhenOfflineForTooLong()
    {
        if (Remaining(OfflineEnd) is not { } left || left > TimeSpan.Zero) return;
        throw new WeChatException(
            WeChatErrorReason.Unreachable,
            $"WeChat could not be reached for {_options.OfflineTimeout!.Value.TotalSeconds:0} seconds: {_session.LastError}");
    }

    private void ArmTimer()
    {
        TimeSpan? due = Remaining(_end), offline = Remaining(OfflineEnd);
        if (due is null || offline < due) due = offline;
        if (due is { } wait) _timer!.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
