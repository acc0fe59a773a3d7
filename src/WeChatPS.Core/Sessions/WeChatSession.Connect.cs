using System;
using System.IO.Hashing;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Sync;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>From nothing to a live session, and back.</content>
public sealed partial class WeChatSession
{
    private static readonly TimeSpan s_saveAtMost = TimeSpan.FromSeconds(10);

    private readonly object _saving = new();
    private SessionFolder? _folder;
    private WeChatHttp? _http;
    private WebConnection? _connection;
    private WebContacts? _directory;
    private WebSends? _sends;
    private Inbox? _inbox;
    private SyncLoop? _loop;
    private DateTimeOffset _created;
    private DateTimeOffset _savedAt;
    private long _savedCookies;
    private string _savedSkey = "";

    /// <summary>Connects: resumes the saved session, or logs in.</summary>
    /// <param name="options">How.</param>
    /// <param name="progress">Told what happens; its QR code has to be shown to somebody.</param>
    /// <param name="cancellationToken">Ends the login.</param>
    /// <exception cref="WeChatException">No way led in, or the session's files cannot be used.</exception>
    internal static async Task<WeChatSession> ConnectAsync(
        ConnectOptions options, IProgress<LoginEvent>? progress, CancellationToken cancellationToken)
    {
        SessionStore.ValidateName(options.Name);
        if (FindLive(options) is { } live)
        {
            if (live.IsConnected && options.Login is (WeChatLoginMethod.Auto or WeChatLoginMethod.Resume)) return live;
            live.Dispose();
        }

        var session = new WeChatSession(options);
        SessionRegistry.Add(session);
        try
        {
            await session.OpenAsync(progress, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Releases the session. It stays saved unless <paramref name="logout"/> ends it at the server too.</summary>
    internal async Task DisconnectAsync(bool logout, CancellationToken cancellationToken)
    {
        if (!logout)
        {
            Dispose();
            return;
        }

        _stream?.Dispose();
        if (_connection is not null)
        {
            try
            {
                await _connection.SendAsync(LoginRequests.Logout(_connection.Endpoints, _connection.Credentials), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (WireException)
            {
                // whatever comes back, or does not, the session is given up
            }
        }

        lock (_gate) (_state, _ending) = (SessionState.LoggedOut, $"The session '{Name}' was logged out.");
        Close(save: false, delete: true);
    }

    /// <summary>Releases the session and keeps it saved.</summary>
    public void Dispose() => Close(save: true, delete: false);

    private static WeChatSession? FindLive(ConnectOptions options) => SessionRegistry.Named(options.Name)
        .FirstOrDefault(s => !s.IsEphemeral && !options.Ephemeral && s._options.StorePath == options.StorePath
            && s._options.Endpoint == options.Endpoint);

    private async Task OpenAsync(IProgress<LoginEvent>? progress, CancellationToken cancellationToken)
    {
        SavedSession? saved = OpenStore();
        if (saved is not null && saved.Endpoint != _options.Endpoint && _options.Login != WeChatLoginMethod.Qr) throw Mismatch(saved);
        _inbox = OpenInbox();
        WebEndpoints endpoints = WebEndpoints.ForLogin(_options.Endpoint);
        _http = new WeChatHttp(
            _options.Mode == WeChatLoginMode.Desktop ? _options.Http with { UserAgent = DesktopConstants.UserAgent } : _options.Http,
            _cookies,
            Time,
            _options.LogPath is null ? null : new WireLog(_options.LogPath, _options.LogBody, Warn));

        (LoginResult login, bool isResumed) = await LogInAsync(endpoints, saved, progress, cancellationToken).ConfigureAwait(false);
        _connection = new WebConnection(_http, _cookies, login.Endpoints, login.Credentials, Time);
        _directory = new WebContacts(_connection, Contacts);
        _created = isResumed ? saved!.Created : Time.GetUtcNow();
        Contacts.SetSelf(login.Init.User!);
        Contacts.Upsert(login.Init.Contacts);
        StartHistory(login, isResumed ? saved!.Cursor : null);
        var pace = new SendPace(_options.SendInterval, _options.SendBurst, Time);
        _sends = new WebSends(_connection, pace, Time, BackOff.Chance) { PausedUntil = saved?.ThrottledUntil, Paused = () => Save(force: true) };
        Save(force: true);
        var transport = new WebTransport(_connection, Contacts, _options.PollDeadline) { Applied = () => Save(force: false) };
        _loop = new SyncLoop(transport, _inbox, _health, Time, BackOff.Chance);
        lock (_gate) _state = SessionState.Online;
        await AfterLoginAsync(login.Init, cancellationToken).ConfigureAwait(false);
    }

    private SavedSession? OpenStore()
    {
        if (!IsEphemeral) _folder = new SessionStore(_options.StorePath ?? SessionStore.DefaultRoot, Time).Open(Name);
        if (_options.SavedSession is not null) return SavedSession.FromSecureString(_options.SavedSession);
        try
        {
            return _folder?.Load();
        }
        catch (WeChatException e) when (e.Reason == WeChatErrorReason.SessionDamaged)
        {
            Warn(e.Message);
            return null;
        }
    }

    private Inbox OpenInbox()
    {
        Inbox inbox;
        if (_folder is null)
        {
            inbox = Inbox.InMemory();
        }
        else
        {
            inbox = Inbox.OpenFile(_folder.InboxPath, _folder.DeadLetterPath, Time.GetUtcNow(), out string? damaged);
            if (damaged is not null) Warn($"The inbox of '{Name}' was damaged; a copy is at {damaged}. What is missing is fetched again.");
        }

        inbox.Added = _signal.Set;
        inbox.DeadLettered = path => Warn(path is null
            ? $"A message was given out {Inbox.MaxDeliveries} times and never taken; it was dropped."
            : $"A message was given out {Inbox.MaxDeliveries} times and never taken; it is now in {path}.");
        return inbox;
    }

    private async Task<(LoginResult Login, bool IsResumed)> LogInAsync(
        WebEndpoints endpoints, SavedSession? saved, IProgress<LoginEvent>? progress, CancellationToken cancellationToken)
    {
        var login = new WebLogin(_http!, endpoints, _options.Mode, Time, BackOff.Chance, Report);
        using var late = new CancellationTokenSource();
        using ITimer timer = Time.CreateTimer(_ => late.Cancel(), null, _options.Timeout, Timeout.InfiniteTimeSpan);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await new LoginLadder(_options, login, _cookies, Report).ClimbAsync(saved, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WeChatException(WeChatErrorReason.LoginTimeout, $"The login took longer than {_options.Timeout.TotalSeconds:0} seconds.");
        }
        catch (WeChatException e) when (e.Reason == WeChatErrorReason.LoginRefused)
        {
            lock (_gate) (_state, _ending) = (SessionState.Restricted, e.Message);
            throw;
        }

        void Report(LoginEvent what)
        {
            lock (_gate)
            {
                _state = what switch
                {
                    LoginEvent.QrCode => SessionState.AwaitingScan,
                    LoginEvent.Scanned or LoginEvent.Pushed => SessionState.AwaitingConfirmation,
                    _ => SessionState.Connecting,
                };
            }

            progress?.Report(what);
        }
    }

    /// <summary>Finds the place in the server's history: the one the inbox remembers for this login, else the one an export brought, else now.</summary>
    private void StartHistory(LoginResult login, string? exported)
    {
        ulong id = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(login.Credentials.Sid));
        SyncCursor known = _inbox!.CursorOf(id);
        if (!known.IsEmpty && WebCursor.TryRead(known, out _)) return;
        var cursor = new SyncCursor(exported ?? "");
        if (cursor.IsEmpty || !WebCursor.TryRead(cursor, out _)) cursor = new WebCursor(login.Init.SyncKey!, null).ToCursor();
        _inbox.StartLogin(id, cursor);
    }

    /// <summary>What makes the session comfortable but must not keep it from starting.</summary>
    private async Task AfterLoginAsync(InitReply init, CancellationToken cancellationToken)
    {
        try
        {
            string self = Contacts.Self!.UserName;
            await _connection!.SendAsync(
                LoginRequests.StatusNotify(
                    _connection.Endpoints, _connection.Credentials, StatusNotifyCode.Started, self, self, Time.GetUtcNow()),
                cancellationToken).ConfigureAwait(false);
            await _directory!.LoadAsync(init.Chats, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WireException or WeChatException)
        {
            Warn($"Connected, but not everything could be read yet: {e.Message}");
        }
    }

    /// <summary>Saves the session: at once when its key changed, otherwise when its cookies did and the last time is a while ago.</summary>
    private void Save(bool force)
    {
        if (_folder is null || _connection is null) return;
        lock (_saving)
        {
            long cookies = _cookies.Version;
            string skey = _connection.Credentials.Skey;
            DateTimeOffset now = Time.GetUtcNow();
            bool isDue = skey != _savedSkey || (cookies != _savedCookies && now - _savedAt >= s_saveAtMost);
            if (!force && !isDue) return;
            _folder.Save(ToSaved(now));
            (_savedCookies, _savedSkey, _savedAt) = (cookies, skey, now);
        }
    }

    private SavedSession ToSaved(DateTimeOffset now) => new()
    {
        Name = Name,
        Endpoint = _options.Endpoint,
        ApiAuthority = _options.Endpoint is null ? _connection!.Endpoints.Api.Authority : null,
        Mode = _options.Mode,
        Credentials = _connection!.Credentials,
        Cookies = _cookies.All,
        SelfUserName = Contacts.Self!.UserName,
        SelfNickName = Contacts.Self.NickName,
        Created = _created,
        Saved = now,
        ThrottledUntil = _sends?.PausedUntil > now ? _sends.PausedUntil : null,
    };

    private void Close(bool save, bool delete)
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }

        SessionRegistry.Remove(this);
        _stream?.Dispose();
        try
        {
            if (save) Save(force: _savedCookies != _cookies.Version);
            _inbox?.Dispose();
            if (delete) _folder?.DeleteSession();
        }
        catch (WeChatException e)
        {
            Warn(e.Message);
        }
        finally
        {
            _http?.Dispose();
            _directory?.Dispose();
            _folder?.Dispose();
            lock (_gate)
            {
                if (_state is not (SessionState.LoggedOut or SessionState.Expired or SessionState.Restricted)) _state = SessionState.Disconnected;
            }
        }
    }

    private WeChatException Mismatch(SavedSession saved) => new(
        WeChatErrorReason.EndpointMismatch,
        $"The saved session '{Name}' belongs to {saved.Endpoint?.ToString() ?? "WeChat's own servers"}, not to "
        + $"{_options.Endpoint?.ToString() ?? "WeChat's own servers"}.")
    { Subject = Name };

    private void Warn(string text) => Notify(new SessionNotice(NoticeLevel.Warning, text));
}
