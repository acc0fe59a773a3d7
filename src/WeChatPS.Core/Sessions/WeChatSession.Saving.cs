using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Saving, disconnecting and logging out.</content>
public sealed partial class WeChatSession
{
    // What changes often is saved so often, and a disk that fails is tried again so soon.
    private static readonly TimeSpan s_saveAtMost = TimeSpan.FromSeconds(10);

    private readonly object _saving = new();
    private SessionFolder? _folder;
    private long? _saveTriedAt;
    private long _savedCookies;
    private string _savedSkey = "";
    private bool _mustSave;
    private bool _cannotSave;

    /// <summary>Disconnects the session. With <paramref name="logout"/>, logs out and deletes it.</summary>
    /// <exception cref="WeChatException">NotConnected: a disconnected session cannot be logged out.</exception>
    internal async Task DisconnectAsync(bool logout, CancellationToken cancellationToken)
    {
        if (!logout)
        {
            Dispose();
            return;
        }

        if (_disposed) throw NotConnected();
        _stream?.Dispose();
        if (_connection is not null)
        {
            try
            {
                await _connection.SendAsync(LoginRequests.Logout(_connection.Endpoints, _connection.Credentials), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (WireException e)
            {
                // Any response is sufficient. Without a response, the phone still shows the login.
                Warn($"'{Name}' was deleted, but the logout request failed: {e.Message} To end the login, use WeChat on the phone: Settings, Account Security, Devices.");
            }
            catch (ObjectDisposedException)
            {
                // Another caller has closed the session meanwhile.
            }
        }

        lock (_gate) (_state, _ending) = (SessionState.LoggedOut, $"The session '{Name}' was logged out.");
        Close(delete: true);
    }

    /// <summary>Disconnects the session. It stays saved.</summary>
    public void Dispose() => Close(delete: false);

    private void Close(bool delete)
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            PauseKeeping();
            if (_state is not (SessionState.LoggedOut or SessionState.Expired or SessionState.Restricted)) _state = SessionState.Disconnected;
        }

        NoteState();
        SessionRegistry.Remove(this);
        _closing.Cancel();
        _stream?.Dispose();
        if (!delete) SaveIdentities(SaveMoment.Closing);
        if (!delete) Save(force: _mustSave || _cannotSave || _savedCookies != _cookies.Version);
        Free(delete);
    }

    /// <summary>Closes connections and files. Then the session saves no more data, because another process may own the folder.</summary>
    private void Free(bool delete)
    {
        _http?.Dispose();
        _inbox?.Dispose();
        lock (_saving)
        {
            try
            {
                if (delete) _folder?.DeleteSession();
            }
            catch (WeChatException e)
            {
                Warn(e.Message);
            }

            _folder?.Dispose();
            _folder = null;
        }
    }

    /// <summary>
    /// Saves the session: immediately when its skey has changed; after some time when its cookies have changed. A failing disk causes one warning
    /// and ends neither the session nor the stream. Only what was written counts as saved, so the rest is tried again.
    /// </summary>
    private void Save(bool force)
    {
        lock (_saving)
        {
            if (_folder is null || _connection is null) return;
            long cookies = _cookies.Version;
            string skey = _connection.Credentials.Skey;
            bool isPatient = _saveTriedAt is { } tried && Time.GetElapsedTime(tried) < s_saveAtMost;
            bool isDue = (skey != _savedSkey && !_cannotSave) || (!isPatient && (_mustSave || skey != _savedSkey || cookies != _savedCookies));
            if (!force && !isDue) return;
            string? trouble = TrySave(_folder, ToSaved(Time.GetUtcNow()));
            _saveTriedAt = Time.GetTimestamp();
            if (trouble is null) (_savedCookies, _savedSkey, _mustSave) = (cookies, skey, false);
            else _mustSave = true;
            if (trouble is not null && !_cannotSave) Warn(trouble);
            _cannotSave = trouble is not null;
        }
    }

    /// <summary>Saves what waited, after a poll. Without a timer, an idle session stays idle.</summary>
    private void Polled()
    {
        SaveIdentities(SaveMoment.Working);
        Save(force: false);
        ReportWhenDue();
    }

    private void SendsPaused()
    {
        Save(force: true);
        NoteState();
    }

    private static string? TrySave(SessionFolder folder, SavedSession session)
    {
        if (!session.IsComplete) return $"The session '{session.Name}' is not saved: the server sent no cookies.";
        try
        {
            folder.Save(session);
            return null;
        }
        catch (WeChatException e)
        {
            return e.Message;
        }
    }

    private SavedSession ToSaved(DateTimeOffset now) => new()
    {
        Name = Name,
        Endpoint = _options.Endpoint,
        ApiAuthority = _options.Endpoint is null ? _connection!.Endpoints.Api.Authority : null,
        Mode = _mode,
        Credentials = _connection!.Credentials,
        Cookies = _cookies.All,
        SelfUserName = Contacts.Self!.UserName,
        SelfNickName = Contacts.Self.NickName,
        Created = _created,
        Saved = now,
        ThrottledUntil = _health.ThrottledUntil > now ? _health.ThrottledUntil : null,
        SendsPausedUntil = _sendPause?.Until > now ? _sendPause.Until : null,
    };

    /// <summary>The end of the throttling by the server, for polls and sends.</summary>
    private DateTimeOffset? ThrottledUntil => Later(_sendPause?.Until, _health.ThrottledUntil);

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one > other || other is null ? one : other;
}
