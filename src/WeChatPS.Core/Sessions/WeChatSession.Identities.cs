using System;
using System.Collections.Generic;
using System.Globalization;
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
    private int _savedIdChanges;
    private bool _cannotSaveIds;
    private int _hasFetched;
    private TaskCompletionSource<bool> _nextFetch = NewFetch();

    /// <summary>Takes up what earlier processes and logins learned. A file that cannot be used is reported, and never replaced unread.</summary>
    private void RestoreIdentities(string sid)
    {
        _loginId = LoginIdOf(sid).ToString("x16", CultureInfo.InvariantCulture);
        if (_folder is null) return;
        string path = _folder.IdentitiesPath;
        try
        {
            if (IdentityFile.Read(path) is not { } stored) return;
            ILookup<bool, Identity> people = stored.People.ToLookup(one => stored.Login == _loginId && one.UserName.Length > 0);
            Contacts.RememberIds(people[false].Select(one => one with { UserName = "" }));
            Contacts.LearnIds(people[true].Select(one => new KeyValuePair<string, string>(one.UserName, one.Id)));
            _savedIdChanges = Contacts.IdChanges;
            _hasFetched = people[true].Any() ? 1 : 0;
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
    private void SaveIdentities()
    {
        lock (_saving)
        {
            int changes = Contacts.IdChanges;
            if (_folder is null || _cannotSaveIds || changes == _savedIdChanges) return;
            try
            {
                IdentityFile.Write(_folder.IdentitiesPath, new StoredIdentities(_loginId, Contacts.KnownIds()));
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
        using CancellationTokenSource late = Time.CancelAfter(s_idsPatience);
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
