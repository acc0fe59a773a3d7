using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS;

/// <content>The ids that survive logins.</content>
public sealed partial class WeChatSession
{
    private static readonly TimeSpan s_idsPatience = TimeSpan.FromSeconds(10);

    private string _loginId = "";
    private IReadOnlyList<LoginNames> _earlierLogins = [];
    private bool _hasAskedWhoIsWho;
    private int _savedIdChanges;
    private bool _cannotSaveIds;
    private int _hasFetched;
    private TaskCompletionSource<bool> _nextFetch = NewFetch();

    /// <summary>Takes up what earlier processes and logins learned. A file that cannot be used is reported, and never replaced unread.</summary>
    /// <param name="sid">The login.</param>
    /// <param name="previous">The session that this account had saved here; null where there was none.</param>
    private void RestoreIdentities(string sid, SavedSession? previous)
    {
        Contacts.Login = LoginIdOf(sid);
        _loginId = LoginNames.Digest(Contacts.Login);
        if (_folder is null) return;
        StoredIdentities? stored = ReadIdentities(_folder.IdentitiesPath);
        HashSet<string> waiting = [.. _inbox!.WaitingLogins.Select(LoginNames.Digest)];
        _earlierLogins = [.. Logins(stored, previous).Where(login => login.Login != _loginId && waiting.Contains(login.Login))];
        Contacts.RememberNames(_earlierLogins);
    }

    /// <summary>What user names meant in the logins that are remembered. Files of before name the last one only, and none of its fingerprints.</summary>
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
            _cannotSaveIds = true;
            Warn($"The ids of earlier logins cannot be read, and what this one learns is not kept: {e.Message}");
        }

        return null;
    }

    private void SetAside(string path, string aside, string damage)
    {
        try
        {
            File.Move(path, aside);
            Warn($"The ids of earlier logins were damaged ({damage}); the file was set aside as {aside}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _cannotSaveIds = true;
            Warn($"The ids of earlier logins are damaged ({damage}) and cannot be set aside: {e.Message}");
        }
    }

    /// <summary>Keeps what was learned since the last time. A disk that cannot be written is warned of once.</summary>
    /// <param name="isLast">The session is over: for what waits then, people who are met in groups alone keep their names too.</param>
    private void SaveIdentities(bool isLast = false)
    {
        lock (_saving)
        {
            int changes = Contacts.IdChanges;
            bool isWaiting = isLast && PendingCount > 0;
            if (_folder is null || _connection is null || _cannotSaveIds || (changes == _savedIdChanges && !isWaiting)) return;
            try
            {
                var names = new LoginNames(
                    _loginId, Contacts.Self?.UserName ?? "", Contacts.Names(), isWaiting ? Contacts.MemberNames() : null);
                IdentityFile.Write(_folder.IdentitiesPath, new StoredIdentities(_loginId, Contacts.KnownIds(), [names, .. _earlierLogins]));
                _savedIdChanges = changes;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _cannotSaveIds = true;
                Warn($"The ids that survive logins cannot be kept: {e.Message}");
            }
        }
    }

    /// <summary>
    /// Reads the list of recent conversations, which gives the ids: the first fetch of a login brings it, and what comes with it waits in
    /// the inbox. A loop that runs has it, or will; without it contacts are recognised by what they show of themselves.
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
            Notify(new SessionNotice(NoticeLevel.Verbose, "The list of recent conversations did not come in time."));
        }
        catch (WeChatException e) when (e.Reason is WeChatErrorReason.Unreachable or WeChatErrorReason.Throttled)
        {
            Notify(new SessionNotice(NoticeLevel.Verbose, e.Message));
        }
    }

    /// <summary>
    /// Before a message of an earlier login is read: who is who is known for sure only when the contacts are there and the server has
    /// given this login's ids. Waits a moment for them, once.
    /// </summary>
    private async Task LearnWhoIsWhoAsync(CancellationToken cancellationToken)
    {
        if (_hasAskedWhoIsWho || !IsConnected) return;
        _hasAskedWhoIsWho = true;
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
            Notify(new SessionNotice(NoticeLevel.Verbose, $"Whose the messages of an earlier login are may not be known: {e.Message}"));
        }
    }

    /// <summary>Something was fetched: keys, cookies, contacts and ids may be new.</summary>
    private void Fetched()
    {
        Volatile.Write(ref _hasFetched, 1);
        SaveIdentities();
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
