using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;

namespace WeChatPS;

/// <summary>
/// The stream of messages for one receiver. It keeps the session polling while it is open and delivers the messages in the inbox, oldest
/// first. A message that is not acknowledged stays in the inbox and is redelivered first.
/// </summary>
internal sealed class MessageStream : IDisposable
{
    // A timer cannot be set for more than 49.7 days (TimeProvider.CreateTimer). A wait that is longer is armed again.
    private static readonly TimeSpan s_longestTimer = TimeSpan.FromDays(1);

    private readonly WeChatSession _session;
    private readonly Inbox _inbox;
    private readonly StreamOptions _options;
    private readonly Signal _signal;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private readonly Countdown? _left;
    private readonly ITimer? _timer;
    private DateTimeOffset? _outage;
    private Countdown? _outageLeft;

    internal MessageStream(WeChatSession session, Inbox inbox, SyncLoop loop, Signal signal, StreamOptions options)
    {
        (_session, _inbox, _signal, _options) = (session, inbox, signal, options);
        _left = options.Timeout is { } timeout ? new Countdown(session.Time, timeout) : null;
        if (_left is not null || options.OfflineTimeout is not null)
            _timer = session.Time.CreateTimer(_ => signal.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _work = Task.Run(() => options.NoWait ? loop.DrainAsync(_stop.Token) : loop.RunAsync(_stop.Token));
        _work.ContinueWith(work => Ended(work, signal), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Waits for the next message or notice.</summary>
    /// <exception cref="WeChatException">The session ended or was closed, or an outage lasted too long. Except for a closed session, the
    /// messages in the inbox come first.</exception>
    public async ValueTask<StreamEntry> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!_options.KeepsNotices && _session.Notices.TryTake(_options.ShowsTrace, out SessionNotice? notice)) return new StreamEntry(null, notice);
                if (_stop.IsCancellationRequested) throw _session.NotConnected();

                // This is checked before the inbox, because the work may add messages just before it ends.
                bool workIsDone = _work.IsCompleted;
                if (_left is { IsOver: true }) return default;
                if (_inbox.TryTake(out InboxEntry entry))
                {
                    if (await _session.ReadAsync(entry, cancellationToken).ConfigureAwait(false) is not { } message) continue;
                    if (_options.Filter is null || _options.Filter(message)) return new StreamEntry(message, null);
                    if (_options.IsUndecided?.Invoke(message) == true) _session.WarnOfUndecided();
                    else _inbox.HandedOver(entry.Sequence);
                    continue;
                }

                if (workIsDone)
                {
                    await _session.EndingAsync(_work, _stop.Token).ConfigureAwait(false);
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

    /// <summary>Acknowledges a message after the pipeline has processed it, and removes it from the inbox.</summary>
    public void Acknowledge(WeChatMessage message) => _inbox.HandedOver(message.Sequence);

    /// <summary>Stops the polling. Messages that were delivered but not acknowledged are redelivered first.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _timer?.Dispose();
        _session.Release(this);
    }

    private static void Ended(Task work, Signal signal)
    {
        // Reading the exception marks it as observed, because after Dispose no other code reads it.
        _ = work.Exception;
        signal.Set();
    }

    // An outage counts from when this stream sees it. An earlier one counts from the start, because this stream has not tried before.
    private Countdown? OutageLeft()
    {
        if (_options.OfflineTimeout is { } most && _session.OfflineSince is var since && since != _outage)
            (_outage, _outageLeft) = (since, since is null ? null : new Countdown(_session.Time, most));
        return _outageLeft;
    }

    private void ThrowWhenOfflineForTooLong()
    {
        if (OutageLeft() is not { IsOver: true }) return;
        throw new WeChatException(
            WeChatErrorReason.Unreachable,
            $"WeChat could not be reached for {_options.OfflineTimeout!.Value.TotalSeconds:0} seconds: {_session.LastError}");
    }

    private void ArmTimer()
    {
        TimeSpan? due = _left?.Left, offline = OutageLeft()?.Left;
        if (due is null || offline < due) due = offline;
        if (due is { } wait) _timer!.Change(wait < s_longestTimer ? wait : s_longestTimer, Timeout.InfiniteTimeSpan);
    }
}
