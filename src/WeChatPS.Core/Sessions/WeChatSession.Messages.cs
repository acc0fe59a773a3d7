using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;

namespace WeChatPS;

/// <content>Messages in.</content>
public sealed partial class WeChatSession
{
    private static readonly TimeSpan s_namesPatience = TimeSpan.FromSeconds(3);

    private MessageReader? _reader;

    private MessageReader Reader => _reader ??= new MessageReader(Contacts, Name);

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

    /// <summary>Makes a message of what the inbox holds; the first one from an unknown member waits a moment for the names.</summary>
    internal async ValueTask<WeChatMessage> ReadAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        WeChatMessage message = Reader.Read(entry.Raw, entry.Sequence, entry.DeliveryCount);
        if (message.Group is not { } group || message.Sender?.NickName is not { Length: 0 } || _directory!.WasAsked(group.UserName)) return message;
        await LoadNamesAsync([group.UserName], cancellationToken).ConfigureAwait(false);
        return Reader.Read(entry.Raw, entry.Sequence, entry.DeliveryCount);
    }

    /// <summary>Acknowledges a message that was received with -NoAck.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.MessageNotFound"/>.</exception>
    internal void Complete(WeChatMessage message)
    {
        if (_inbox is null || _disposed || message.Session != Name || !_inbox.HandedOver(message.Sequence))
        {
            throw new WeChatException(
                WeChatErrorReason.MessageNotFound, $"The message {message.Id} does not wait in the inbox of '{Name}' (any more).")
            { Subject = message.Id };
        }

        _inbox.Flush();
    }

    /// <summary>The contacts; read from the server when they never were, or when asked to.</summary>
    internal async Task<IReadOnlyList<WeChatContact>> GetContactsAsync(bool refresh, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        if (refresh || !_directory!.IsLoaded) await LoadAllAsync(cancellationToken).ConfigureAwait(false);
        return Contacts.All;
    }

    /// <summary>A group's members, with their names.</summary>
    internal async Task<IReadOnlyList<WeChatGroupMember>> GetMembersAsync(WeChatContact group, bool refresh, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        if (refresh || !_directory!.WasAsked(group.UserName) || Contacts.Members(group.UserName) is null)
        {
            await WhileConnectedAsync(
                async open =>
                {
                    await _directory!.LoadDetailsAsync([group.UserName], again: true, open).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return Contacts.Members(group.UserName) ?? [];
    }

    /// <summary>Whom an id or a name means.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotFound"/> or <see cref="WeChatErrorReason.AmbiguousContact"/>.</exception>
    internal async Task<WeChatContact> ResolveAsync(string idOrName, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();

        // a name is only known to be one contact's when all contacts are
        if (!_directory!.IsLoaded && Contacts.Find(idOrName) is null) await LoadAllAsync(cancellationToken).ConfigureAwait(false);
        ContactMatch match = Contacts.Resolve(idOrName);
        if (match.Contact is { } contact) return contact;
        string shown = DisplayText.Visible(idOrName);
        throw match.IsAmbiguous
            ? new WeChatException(
                WeChatErrorReason.AmbiguousContact,
                $"{match.Candidates.Count} contacts are called '{shown}'. Name one by its id or give it a remark.") { Subject = idOrName }
            : new WeChatException(WeChatErrorReason.ContactNotFound, $"There is no contact or group '{shown}'.") { Subject = idOrName };
    }

    private async Task<WeChatSyncResult> PollAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        long started = Time.GetTimestamp();
        using CancellationTokenSource late = Time.CancelAfter(timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            PollReply poll = await _loop!.WaitAsync(either.Token).ConfigureAwait(false);
            bool hasChanges = poll.HasChanges || poll.Verdict == SyncVerdict.Wake || PendingCount > 0;
            return new WeChatSyncResult(poll.RetCode, poll.Selector, hasChanges, PendingCount, Time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WeChatSyncResult(0, 0, HasChanges: PendingCount > 0, PendingCount, Time.GetElapsedTime(started));
        }
    }

    private Task<bool> LoadAllAsync(CancellationToken cancellationToken) => WhileConnectedAsync(
        async open =>
        {
            await _directory!.LoadAsync([], open).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private async Task LoadNamesAsync(IReadOnlyCollection<string> groups, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = Time.CancelAfter(s_namesPatience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await _directory!.LoadDetailsAsync(groups, again: false, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // the message comes without the member's name
        }
        catch (WeChatException e)
        {
            Notify(new SessionNotice(NoticeLevel.Verbose, e.Message));
        }
    }
}
