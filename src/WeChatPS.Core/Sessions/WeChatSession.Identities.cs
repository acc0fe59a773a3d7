using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS;

/// <content>The stable ids, which survive logins.</content>
public sealed partial class WeChatSession
{
    private static readonly TimeSpan s_idsPatience = TimeSpan.FromSeconds(10);

    // The first ones are immediate: the ids of the recent chats come once per login, with its first fetches.
    private readonly Pace _idSaves;
    private string _loginId = "";
    private IReadOnlyList<LoginNames> _earlierLogins = [];
    private bool _hasLearnedIdentities;
    private int _savedIdChanges;
    private bool _keepsIdFile;
    private bool _cannotSaveIds;
    private int _hasFetched;
    private TaskCompletionSource<bool> _nextFetch = NewFetch();

    /// <summary>Loads the ids of earlier processes and logins. An unusable file causes a warning and is never overwritten.</summary>
    /// <param name="sid">The id of the login.</param>
    /// <param name="previous">The previous saved session of this account; null without one.</param>
    private void RestoreIdentities(string sid, SavedSession? previous)
    {
        Contacts.Login = LoginIdOf(sid);
        _loginId = LoginNames.Digest(Contacts.Login);
        if (_folder is null) return;
        StoredIdentities? stored = ReadIdentities(_folder.IdentitiesPath);
        HashSet<string> pending = [.. _inbox!.WaitingLogins.Select(LoginNames.Digest)];
        _earlierLogins = [.. Logins(stored, previous).Where(login => login.Login != _loginId && pending.Contains(login.Login))];
        Contacts.RememberNames(_earlierLogins);
    }

    /// <summary>Gets the ids of the user names in stored logins. Files of older versions contain only the last login, without fingerprints.</summary>
    private static IEnumerable<LoginNames> Logins(StoredIdentities? stored, SavedSession? previous)
    {
        if (stored?.Logins is { } logins) return logins;
        string? last = previous is null ? null : LoginNames.Digest(LoginIdOf(previous.Credentials.Sid));
        if ((stored?.Login ?? last) is not { } login) return [];
        var ids = (stored?.People ?? []).Where(one => one.UserName.Length > 0).GroupBy(one => one.UserName)
            .ToDictionary(same => same.Key, same => same.First().Id, StringComparer.Ordinal);
        return [new LoginNames(login, login == last ? previous!.SelfUserName : "", ids) { IsPartial = true }];
    }

    private StoredIdentities? ReadIdentities(string path)
    {
        try
        {
            if (IdentityFile.Read(path) is not { } stored) return null;
            ILookup<bool, Identity> people = stored.People.ToLookup(one => stored.Login == _loginId && one.UserName.Length > 0);
            Contacts.RememberIds(people[false].Select(one => one with { UserName = "" }));
            Contacts.LearnIds(people[true].Select(one => new KeyValuePair<string, string>(one.UserName, one.Id)));
            _savedIdChanges = Contacts.IdChanges;
            _hasFetched = people[true].Any() ? 1 : 0;
            return stored;
        }
        catch (InvalidDataException e)
        {
            SetAside(path, $"{path}.damaged-{Guid.NewGuid():N}", e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or WeChatException)
        {
            _keepsIdFile = true;
            Warn($"The ids of earlier logins are not readable, and new ids are not saved: {e.Message}");
        }

        return null;
    }

    private void SetAside(string path, string aside, string damage)
    {
        try
        {
            File.Move(path, aside);
            Warn($"The ids of earlier logins were damaged ({damage}). The file was renamed to {aside}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _keepsIdFile = true;
            Warn($"The ids of earlier logins are damaged ({damage}), and the file cannot be renamed: {e.Message}");
        }
    }

    /// <summary>
    /// Saves new ids. While the session works, not at each fetch, because with many chats they are megabytes. A crash loses the ids of half a minute
    /// at most; the senders of its messages are then known by their profiles. A failing disk causes one warning and is tried again.
    /// </summary>
    private void SaveIdentities(SaveMoment moment)
    {
        lock (_saving)
        {
            int changes = Contacts.IdChanges;
            bool hasPending = moment == SaveMoment.Closing && PendingCount > 0;
            if (_folder is null || _connection is null || _keepsIdFile || (changes == _savedIdChanges && !hasPending)) return;
            if (moment == SaveMoment.Working && !_idSaves.TryTake(leave: 0)) return;
            try
            {
                // For the messages that wait, the names of group members are saved too.
                var names = new LoginNames(
                    _loginId, Contacts.Self?.UserName ?? "", Contacts.Names(), hasPending ? Contacts.MemberNames() : null);
                IdentityFile.Write(_folder.IdentitiesPath, new StoredIdentities(_loginId, Contacts.KnownIds(), [names, .. _earlierLogins]));
                (_savedIdChanges, _cannotSaveIds) = (changes, false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (!_cannotSaveIds) Warn($"The ids for later logins cannot be saved: {e.Message}");
                _cannotSaveIds = true;
            }
        }
    }

    /// <summary>When the session saves.</summary>
    private enum SaveMoment
    {
        /// <summary>After a poll or fetch.</summary>
        Working,

        /// <summary>When a receiver ends.</summary>
        Released,

        /// <summary>When the session is closed.</summary>
        Closing,
    }

    /// <summary>
    /// Loads the list of recent chats, which contains ids. It comes with the first fetch of a login, and messages of this fetch stay in the
    /// inbox. If the session polls, its own fetch loads the list. Without the list, contacts are recognised by their profiles.
    /// </summary>
    private async Task LearnIdsAsync(CancellationToken cancellationToken)
    {
        if (_loop!.IsBusy || Interlocked.Exchange(ref _hasFetched, 1) != 0) return;
        using var late = new CancellationTokenSource(s_idsPatience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await WhileConnectedAsync(open => FetchOnceAsync(open), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Notify(new SessionNotice(NoticeLevel.Verbose, "The list of recent chats did not load in time."));
        }
        catch (WeChatException e) when (e.Reason is WeChatErrorReason.Unreachable or WeChatErrorReason.Throttled)
        {
            Notify(new SessionNotice(NoticeLevel.Verbose, e.Message));
        }
    }

    /// <summary>
    /// Loads the contacts and ids before a message of an earlier login is read, because only they identify its sender. Waits a short time, once.
    /// </summary>
    private async Task LearnIdentitiesAsync(CancellationToken cancellationToken)
    {
        if (_hasLearnedIdentities || !IsConnected) return;
        _hasLearnedIdentities = true;
        Task fetched = Volatile.Read(ref _nextFetch).Task;
        using var late = new CancellationTokenSource(s_idsPatience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            if (!_directory!.IsLoaded) await LoadAllAsync(either.Token).ConfigureAwait(false);
            await LearnIdsAsync(either.Token).ConfigureAwait(false);
            if (Volatile.Read(ref _hasFetched) == 0)
                await Task.WhenAny(fetched, Time.DelayAsync(s_idsPatience, either.Token)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or WeChatException && !cancellationToken.IsCancellationRequested)
        {
            Notify(new SessionNotice(NoticeLevel.Verbose, $"Senders of messages from an earlier login may be unknown: {e.Message}"));
        }
    }

    /// <summary>Saves new keys, cookies and ids after a fetch.</summary>
    private void Fetched()
    {
        Volatile.Write(ref _hasFetched, 1);
        SaveIdentities(SaveMoment.Working);
        Save(force: false);
        Interlocked.Exchange(ref _nextFetch, NewFetch()).TrySetResult(true);
    }

    private static TaskCompletionSource<bool> NewFetch() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<bool> FetchOnceAsync(CancellationToken cancellationToken)
    {
        await _loop!.DrainAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
