using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS;

/// <content>Receiving messages.</content>
public sealed partial class WeChatSession
{
    private MessageReader? _reader;
    private bool _hasWarnedOfUndecided;

    private MessageReader Reader => _reader ??= new MessageReader(Contacts, new Origin(Name, Account));

    /// <summary>Makes one long poll without a fetch. Returns immediately if the inbox has pending messages.</summary>
    /// <param name="timeout">The time limit for the poll; null for the server's whole hold. Reaching it is not an error.</param>
    /// <param name="cancellationToken">Cancels the poll.</param>
    /// <exception cref="WeChatException">The session is not connected or has ended, or the server is not reachable.</exception>
    internal async Task<WeChatSyncResult> WaitSyncAsync(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        if (PendingCount > 0) return new WeChatSyncResult(0, 0, HasChanges: true, PendingCount, TimeSpan.Zero);
        return await WhileConnectedAsync(open => PollAsync(timeout ?? Timeout.InfiniteTimeSpan, open), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the stream of messages. Only one can be open.</summary>
    /// <exception cref="WeChatException">The session is not connected, or another receiver is using it (<see cref="WeChatErrorReason.SyncInUse"/>).</exception>
    internal MessageStream OpenStream(StreamOptions options)
    {
        lock (_gate)
        {
            // An ended session still delivers the messages in its inbox.
            if (_disposed || _loop is null || PendingCount == 0) ThrowUnlessConnected();
            if (_stream is not null)
            {
                throw new WeChatException(WeChatErrorReason.SyncInUse, $"Another receiver is using the session '{Name}'.") { Subject = Name };
            }

            PauseKeeping();
            _inbox!.Rewind();
            return _stream = new MessageStream(this, _inbox, _loop!, _signal, options);
        }
    }

    internal void Release(MessageStream stream)
    {
        lock (_gate)
        {
            if (_stream != stream) return;
            _stream = null;
            try
            {
                if (!_disposed) _inbox!.Rewind();
            }
            catch (WeChatException e)
            {
                // Messages without a recorded acknowledgment are redelivered.
                Warn(e.Message);
            }

            StartKeeping();
        }

        SaveIdentities(SaveMoment.Released);
        Save(force: false);
    }

    /// <summary>Waits for the stream's work. Throws what ended it, which is then the last error too, unless it is complete or stopped.</summary>
    /// <param name="work">The work.</param>
    /// <param name="stop">The token by which the owner stops the stream.</param>
    internal async Task EndingAsync(Task work, CancellationToken stop)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The owner has stopped the stream.
        }
        catch (SyncEndedException e)
        {
            throw End(e.Code, e);
        }
        catch (Exception e)
        {
            WeChatException error = WhyPollingEnded(e);
            _health.Failed(error.Message);
            throw error;
        }
    }

    /// <summary>Reads a message from an inbox entry. Names that are unknown are looked up beside it.</summary>
    /// <returns>The message; null for a message of another account, which is set aside.</returns>
    internal async ValueTask<WeChatMessage?> ReadAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Login != Contacts.Login) await LearnIdentitiesAsync(cancellationToken).ConfigureAwait(false);
        WeChatMessage message = Read(entry);
        if (message.IsBetweenOthers)
        {
            SetAside(message, entry);
            return null;
        }

        if (message.Kind != MessageKind.Status) _conversations.Use(message.Conversation.UserName);
        return await LookUpNamesAsync(message, cancellationToken).ConfigureAwait(false)
            ? Read(entry)
            : message;
    }

    private WeChatMessage Read(in InboxEntry entry) => Reader.Read(entry.Raw, entry.Sequence, entry.DeliveryCount, entry.Login);

    /// <summary>
    /// Moves a message of another account to the dead-letter file: it must not be handed over as this account's, and a wrong judgement must
    /// not lose it. If the file cannot be written, the message stays in the inbox.
    /// </summary>
    private void SetAside(WeChatMessage message, in InboxEntry entry)
    {
        var letters = new DeadLetters(_folder?.DeadLetterPath);
        try
        {
            letters.Add(entry.Raw);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }

        _inbox!.HandedOver(entry.Sequence);
        _account.Accepts(message, letters.Path is { } path ? $"They are not delivered. They are in the dead-letter file {path}." : "They were dropped.");
    }

    /// <summary>Warns once that a filter cannot decide about a message.</summary>
    internal void WarnOfUndecided()
    {
        if (_hasWarnedOfUndecided) return;
        _hasWarnedOfUndecided = true;
        Warn(
            "Pending messages from an earlier login have no known sender or group. "
            + "-From, -Group and -FromKind keep them in the inbox. To get them, run Receive-WeChatMessage without these parameters.");
    }

    /// <summary>Acknowledges a message that was received with -NoAck.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.MessageNotFound"/>: the message is not in the inbox.</exception>
    internal void Complete(WeChatMessage message)
    {
        if (_inbox is null || _disposed || message.Origin != new Origin(Name, Account) || !_inbox.HandedOver(message.Sequence, message.Login))
        {
            throw new WeChatException(
                WeChatErrorReason.MessageNotFound, $"The message {message.Id} is not in the inbox of '{Name}'.")
            { Subject = message.Id };
        }

        _inbox.Flush();
    }

    private async Task<WeChatSyncResult> PollAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        long started = Time.GetTimestamp();
        using var late = new CancellationTokenSource(timeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            PollReply poll = await _loop!.WaitAsync(either.Token).ConfigureAwait(false);
            bool hasChanges = poll.HasChanges || poll.Verdict == SyncVerdict.Wake || PendingCount > 0;
            return new WeChatSyncResult(poll.RetCode, poll.Selector, hasChanges, PendingCount, Time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The loop paused after an error during the whole wait, so no poll was made.
            if (OfflineSince is not null && NextTry is not null && PendingCount == 0)
                throw new WeChatException(WeChatErrorReason.Unreachable, LastError ?? "WeChat is not responding correctly.");
            return new WeChatSyncResult(0, 0, HasChanges: PendingCount > 0, PendingCount, Time.GetElapsedTime(started));
        }
    }
}
