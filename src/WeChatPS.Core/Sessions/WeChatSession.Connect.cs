using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Sync;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Connecting: resuming or logging in.</content>
public sealed partial class WeChatSession
{
    private WeChatHttp? _http;
    private WebConnection? _connection;
    private WebContacts? _directory;
    private WebMedia? _media;
    private SendPause? _sendPause;
    private WebSends? _sends;
    private WebUploads? _uploads;
    private Inbox? _inbox;
    private WebTransport? _transport;
    private SyncLoop? _loop;
    private WeChatLoginMode _mode;
    private DateTimeOffset _created;
    private SavedSession? _previous;

    /// <summary>Connects: resumes the saved session, or logs in.</summary>
    /// <param name="options">The options.</param>
    /// <param name="progress">Reports the steps of the login. The caller must show the QR code to the user.</param>
    /// <param name="cancellationToken">Cancels the login.</param>
    /// <exception cref="WeChatException">All login methods failed, or the session's files are not usable.</exception>
    internal static async Task<WeChatSession> ConnectAsync(
        ConnectOptions options, IProgress<LoginEvent>? progress, CancellationToken cancellationToken)
    {
        options.Check();
        int lost = 0;
        if (SessionRegistry.Named(options.Name) is { } live)
        {
            if (live.IsConnecting) throw InUse(live.Name, $"The session '{live.Name}' is already being connected in this process.");
            if (live.IsConnected && !live.IsKeptAs(options))
                throw InUse(live.Name, $"The session '{live.Name}' is already connected in this process, to {live.Endpoint} and {live.WhereKept}. "
                    + "To make it the current session, specify the -Endpoint, -StorePath and -Ephemeral that it was connected with.");
            bool canKeep = options.SavedSession is null && options.Login is (WeChatLoginMethod.Auto or WeChatLoginMethod.Resume);
            if (live.IsConnected && canKeep)
            {
                if (options.KeepAlive) live.KeepAlive();
                return live;
            }

            lost = live.IsEphemeral ? live.PendingCount : 0;
            live.Dispose();
        }

        var session = new WeChatSession(options);
        if (!SessionRegistry.TryAdd(session)) throw InUse(options.Name, $"The session '{options.Name}' is already being connected in this process.");
        if (lost > 0) session.Warn($"The session '{options.Name}' was replaced. Its {lost} pending messages were only in memory and are lost.");
        try
        {
            await session.OpenAsync(progress, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            session.Dispose();

            // Another caller may have closed the session before these files were opened.
            session.Free(delete: false);
            throw;
        }
    }

    private static WeChatException InUse(string name, string message) => new(WeChatErrorReason.SessionInUse, message) { Subject = name };

    /// <summary>Whether the options are for this session: the same server and the same folder.</summary>
    private bool IsKeptAs(ConnectOptions options) => IsEphemeral == options.Ephemeral && _options.Endpoint == options.Endpoint
        && (IsEphemeral || _options.StorePath == options.StorePath);

    private string WhereKept => IsEphemeral ? "in memory only" : $"saved in {_options.StorePath ?? SessionStore.DefaultRoot}";

    private async Task OpenAsync(IProgress<LoginEvent>? progress, CancellationToken cancellationToken)
    {
        (SavedSession? saved, string whyNone) = OpenStore();
        if (saved is not null && saved.Endpoint != _options.Endpoint && _options.Login != WeChatLoginMethod.Qr) throw Mismatch(saved);
        _inbox = OpenInbox();
        WebEndpoints endpoints = WebEndpoints.ForLogin(_options.Endpoint);
        _mode = _options.Mode ?? saved?.Mode ?? WeChatLoginMode.Web;
        Action<string> bounded = text => Notify(new SessionNotice(NoticeLevel.Information, text));
        _cookies.Bounded = bounded;
        _http = new WeChatHttp(
            _mode == WeChatLoginMode.Desktop ? _options.Http with { UserAgent = _options.Http.UserAgent ?? DesktopConstants.UserAgent } : _options.Http,
            _cookies,
            Time,
            _options.LogPath is null ? null : new WireLog(_options.LogPath, _options.LogBody, Warn))
        {
            Trace = _options.Trace,
        };

        using var late = new CancellationTokenSource(_options.Timeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token, _closing.Token);
        var webLogin = new WebLogin(_http, endpoints, _mode, Time, BackOff.Chance, Report) { DeviceId = _options.DeviceId, Code = _options.Uuid };
        var sequence = new LoginSequence(_options, webLogin, _cookies, Report) { LoginStarting = () => _folder?.ThrowUnlessWritable() };
        (LoginResult login, bool isResumed) = await LogInAsync(sequence, saved, whyNone, cancellationToken, either.Token).ConfigureAwait(false);
        SavedSession? previous = OwnPrevious(login.Credentials.Uin);
        _connection = new WebConnection(_http, _cookies, login.Endpoints, login.Credentials, Time) { Bounded = bounded };
        _directory = new WebContacts(
            _connection, Contacts, Time, BackOff.Chance, text => Notify(new SessionNotice(NoticeLevel.Verbose, text)));
        _names = MakeNameLookups();
        _media = new WebMedia(_connection, Time, BackOff.Chance);
        _created = isResumed ? saved!.Created : Time.GetUtcNow();
        _inviteFrom = login.Init.InviteStartCount > 0 ? login.Init.InviteStartCount : InviteFromUnlessSaid;
        _changes = new WebChanges(_connection);
        RestoreIdentities(login.Credentials.Sid, previous);
        Contacts.SetSelf(login.Init.User!);
        Contacts.Upsert(login.Init.Contacts);
        _conversations.Start(login.Init.Chats);
        _articles = login.Init.Articles;
        StartHistory(login, isResumed ? saved!.Cursor : null);
        var pace = new Pace(_options.SendInterval, _options.SendBurst, Time);
        SavedSession? own = saved?.Credentials.Uin == login.Credentials.Uin ? saved : previous;
        _sendPause = new SendPause(Time, BackOff.Chance) { Until = own?.SendsPausedUntil, Begun = SendsPaused };
        _sends = new WebSends(_connection, pace, _sendPause, _budget, Time);
        _uploads = new WebUploads(_connection, _sendPause, _budget, Time, BackOff.Chance);
        Save(force: true);
        _transport = new WebTransport(_connection, Contacts, _account, _options.PollDeadline) { Applied = Fetched, Polled = Polled };
        _health.Good();
        _health.ThrottledUntil = own?.ThrottledUntil;
        _health.Throttled = () => Save(force: true);
        _loop = new SyncLoop(_transport, _inbox, _health, _budget, Awakening.OfProcess, Time, BackOff.Chance);
        lock (_gate)
        {
            if (_disposed) throw NotConnected();
            _state = SessionState.Online;
        }

        NoteState();

        await AfterLoginAsync(login.Init, cancellationToken, either.Token).ConfigureAwait(false);
        _http.Trace = null;
        if (_options.KeepAlive) KeepAlive();

        void Report(LoginEvent what)
        {
            lock (_gate)
            {
                if (_disposed) return;
                _state = what switch
                {
                    LoginEvent.QrCode => SessionState.AwaitingScan,
                    LoginEvent.Scanned or LoginEvent.Pushed => SessionState.AwaitingConfirmation,
                    _ => SessionState.Connecting,
                };
            }

            NoteState();

            progress?.Report(what);
        }
    }

    /// <returns>The session to resume, or the reason why there is none.</returns>
    private (SavedSession? Saved, string WhyNone) OpenStore()
    {
        if (!IsEphemeral) _folder = new SessionStore(_options.StorePath ?? SessionStore.DefaultRoot, Time).Open(Name);
        SavedSession? given = _options.SavedSession is null ? null : SavedSession.FromSecureString(_options.SavedSession);
        string whyNone = $"There is no saved session '{Name}'.";
        try
        {
            _previous = _folder?.Load();
        }
        catch (WeChatException e) when (e.Reason == WeChatErrorReason.SessionDamaged)
        {
            Warn(e.Message);
            whyNone = e.Message;
        }
        catch (WeChatException) when (given is not null)
        {
            // The session from -SavedSession is resumed instead. The unreadable file stays unchanged.
        }

        return (given ?? _previous, whyNone);
    }

    /// <summary>Gets the folder's previous session if it belongs to this account. Sets the files of another account aside, so the folder is empty.</summary>
    private SavedSession? OwnPrevious(long uin)
    {
        if (_previous is not { } previous || previous.Credentials.Uin == uin) return _previous;

        // Some systems cannot move an open file.
        _inbox!.Dispose();
        string aside = _folder!.SetAside();
        _inbox = OpenInbox();
        Warn(
            $"The saved session '{Name}' belonged to another account ('{previous.SelfNickName}'). The session, including its messages, was set aside as "
            + $"'{aside}'. To resume it, run Connect-WeChat -Name {aside}. To delete it, run Remove-WeChatSession.");
        return null;
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
            if (damaged is not null) Warn(InboxWasDamaged(Name, damaged));
        }

        inbox.Added = _signal.Set;
        inbox.Troubled = Warn;
        inbox.DeadLettered = path => Warn(path is null
            ? $"A message was delivered {Inbox.MaxDeliveries} times without acknowledgment and dropped."
            : $"A message was delivered {Inbox.MaxDeliveries} times without acknowledgment and moved to the dead-letter file {path}.");
        return inbox;
    }

    /// <param name="sequence">The login methods.</param>
    /// <param name="saved">The session to resume, or null.</param>
    /// <param name="whyNone">The reason why no session is saved.</param>
    /// <param name="caller">The caller's own token.</param>
    /// <param name="all">Cancelled by the caller, at the time limit, and when the session is closed.</param>
    private async Task<(LoginResult Login, bool IsResumed)> LogInAsync(
        LoginSequence sequence, SavedSession? saved, string whyNone, CancellationToken caller, CancellationToken all)
    {
        try
        {
            return await sequence.RunAsync(saved, whyNone, all).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && _closing.IsCancellationRequested)
        {
            throw NotConnected();
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            throw new WeChatException(WeChatErrorReason.LoginTimeout, $"The login took longer than {_options.Timeout.TotalSeconds:0} seconds.");
        }
        catch (WeChatException e) when (e.Reason is WeChatErrorReason.LoginRefused or WeChatErrorReason.AccountRestricted)
        {
            lock (_gate) (_state, _ending) = (SessionState.Restricted, e.Message);
            throw;
        }
    }

    /// <summary>Selects the sync key: from the inbox for this login, otherwise from the exported session, otherwise from the server.</summary>
    private void StartHistory(LoginResult login, string? exported)
    {
        ulong id = LoginIdOf(login.Credentials.Sid);
        SyncCursor known = _inbox!.CursorOf(id);
        if (!known.IsEmpty && WebCursor.TryRead(known, out _)) return;
        var cursor = new SyncCursor(exported ?? "");
        if (cursor.IsEmpty || !WebCursor.TryRead(cursor, out _)) cursor = new WebCursor(login.Init.SyncKey!, null).ToCursor();
        _inbox.StartLogin(id, cursor);
    }

    /// <summary>Reports the client and loads the contacts. A failure does not prevent the start of the session.</summary>
    private async Task AfterLoginAsync(InitReply init, CancellationToken caller, CancellationToken all)
    {
        try
        {
            await _connection!.SendAsync(ComposeReport(), all).ConfigureAwait(false);
            await _directory!.LoadAsync(init.Chats, all).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && _closing.IsCancellationRequested)
        {
            throw NotConnected();
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            Warn("Connected, but the contacts did not load in time; they load when needed.");
        }
        catch (Exception e) when (e is WireException or WeChatException)
        {
            Warn($"Connected, but the contacts did not load; they load when needed: {e.Message}");
        }
    }

    private WeChatException Mismatch(SavedSession saved) => new(
        WeChatErrorReason.EndpointMismatch,
        $"{(_options.SavedSession is null ? $"The saved session '{Name}'" : "The session in -SavedSession")} belongs to {saved.Endpoint?.ToString() ?? "WeChat's own servers"}, not to "
        + $"{_options.Endpoint?.ToString() ?? "WeChat's own servers"}.")
    { Subject = Name };

    /// <summary>Adds a warning to the notices.</summary>
    internal void Warn(string text) => Notify(new SessionNotice(NoticeLevel.Warning, text));
}
