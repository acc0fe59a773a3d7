using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS;

/// <content>Messages in.</content>
public sealed partial class WeChatSession
{
    private MessageReader? _reader;
    private bool _hasNotedLeft;

    private MessageReader Reader => _reader ??= new MessageReader(Contacts, new Origin(Name, Account));

    /// <summary>One long poll. Returns at once when messages wait in the inbox; fetches nothing.</summary>
    /// <param name="timeout">How long the poll may take; the server's whole hold when null. Ending on time is no error.</param>
    /// <param name="cancellationToken">Ends the poll.</param>
    /// <exception cref="WeChatException">Not connected, not reachable, or the session ended.</exception>
    internal async Task<WeChatSyncResult> WaitSyncAsync(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        if (PendingCount > 0) return new WeChatSyncResult(0, 0, HasChanges: true, PendingCount, TimeSpan.Zero);
        return await WhileConnectedAsync(open => PollAsync(timeout ?? Timeout.InfiniteTimeSpan, open), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the one stream of messages.</summary>
    /// <exception cref="WeChatException">Not connected; or somebody receives already (<see cref="WeChatErrorReason.SyncInUse"/>).</exception>
    internal MessageStream OpenStream(StreamOptions options)
    {
        lock (_gate)
        {
            // an ended session still hands over what is in its inbox
            if (_disposed || _loop is null || PendingCount == 0) ThrowUnlessConnected();
            if (_stream is not null)
            {
                throw new WeChatException(WeChatErrorReason.SyncInUse, $"Somebody receives from the session '{Name}' already.") { Subject = Name };
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
                // what could not be noted comes once more
                Warn(e.Message);
            }

            StartKeeping();
        }

        Save(force: false);
    }

    /// <summary>What the stream's work ended with: nothing when it was done or stopped, otherwise the session's error.</summary>
    internal async Task EndingAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // stopped by the stream's owner
        }
        catch (SyncEndedException e)
        {
            throw End(e.Code, e);
        }
    }

    /// <summary>Makes a message of what the inbox holds; one from somebody unknown waits a moment for the names.</summary>
    internal async ValueTask<WeChatMessage> ReadAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Login != Contacts.Login) await LearnWhoIsWhoAsync(cancellationToken).ConfigureAwait(false);
        WeChatMessage message = Read(entry);
        if (message.Kind != MessageKind.Status) _conversations.Use(message.Conversation.UserName);
        return await LoadNamesAsync(message, cancellationToken).ConfigureAwait(false)
            ? Read(entry)
            : message;
    }

    private WeChatMessage Read(in InboxEntry entry) => Reader.Read(entry.Raw, entry.Sequence, entry.DeliveryCount, entry.Login);

    /// <summary>A filter could not tell whether it wants a message: said once.</summary>
    internal void NoteLeft()
    {
        if (_hasNotedLeft) return;
        _hasNotedLeft = true;
        Warn(
            "Messages of an earlier login wait that cannot be assigned: nobody in this login is known to be their sender, or their group. "
            + "-From, -Group and -FromKind leave them in the inbox; Receive-WeChatMessage without these gives them.");
    }

    /// <summary>Acknowledges a message that was received with -NoAck.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.MessageNotFound"/>: the message is not in the inbox.</exception>
    internal void Complete(WeChatMessage message)
    {
        if (_inbox is null || _disposed || message.Origin != new Origin(Name, Account) || !_inbox.HandedOver(message.Sequence, message.Login))
        {
            throw new WeChatException(
                WeChatErrorReason.MessageNotFound, $"The message {message.Id} does not wait in the inbox of '{Name}' (any more).")
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
            // all that time the loop was in a pause after something that failed: nothing was asked, so nothing was said
            if (OfflineSince is not null && NextTry is not null && PendingCount == 0)
                throw new WeChatException(WeChatErrorReason.Unreachable, LastError ?? "WeChat does not answer as it should.");
            return new WeChatSyncResult(0, 0, HasChanges: PendingCount > 0, PendingCount, Time.GetElapsedTime(started));
        }
    }
}
