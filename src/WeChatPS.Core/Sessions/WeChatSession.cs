using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Sync;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>
/// A session of a WeChat account, from Connect-WeChat. Several runspaces can use it at once, with one receiver at a time. Its properties
/// contain no secrets.
/// </summary>
public sealed partial class WeChatSession : IDisposable
{
    private readonly object _gate = new();
    private readonly ConnectOptions _options;
    private readonly CookieJar _cookies = new();
    private readonly SyncHealth _health;
    private readonly RequestBudget _budget;
    private readonly Signal _signal = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly OwnAccount _account;
    private SessionState _state = SessionState.Connecting;
    private MessageStream? _stream;
    private string? _ending;
    private bool _disposed;
    private int _traces;

    private WeChatSession(ConnectOptions options)
    {
        _options = options;
        _health = new SyncHealth(options.Time, Notify);
        _budget = new RequestBudget(options.Time);
        _idSaves = new Pace(TimeSpan.FromSeconds(30), burst: 3, options.Time);
        _account = new OwnAccount(Contacts, Warn);
        Contacts.Limited = _conversations.Limited = Warn;
    }

    /// <summary>The name of the session.</summary>
    public string Name => _options.Name;

    /// <summary>The state of the session.</summary>
    public SessionState State => _state == SessionState.Online && DegradedSince is not null ? SessionState.Degraded : _state;

    /// <summary>The account; null before the login is complete.</summary>
    public WeChatContact? User => Contacts.Self;

    /// <summary>The server of the session.</summary>
    public string Endpoint => (_options.Endpoint ?? _connection?.Endpoints.Api)?.Authority ?? "";

    /// <summary>The client type of the login.</summary>
    public WeChatLoginMode Mode => _mode;

    /// <summary>Whether the session is kept in memory only.</summary>
    public bool IsEphemeral => _options.Ephemeral;

    /// <summary>The time of the last valid response.</summary>
    public DateTimeOffset? LastSync => _health.LastSync;

    /// <summary>The last error.</summary>
    public string? LastError => _ending ?? _health.LastError;

    /// <summary>The end of the pause of polls, otherwise of sends; null without a pause.</summary>
    public DateTimeOffset? NextTry => _health.NextTry ?? SendsPausedUntil;

    /// <summary>The start of an outage or throttling; null without one.</summary>
    public DateTimeOffset? DegradedSince => _health.DegradedSince ?? (SendsPausedUntil is null ? null : _sendPause!.Since);

    /// <summary>The reason of the outage or throttling.</summary>
    public string? DegradedReason => _health.DegradedReason ?? (SendsPausedUntil is { } until
        ? $"WeChat is throttling this account (code {ServerRefusal.TooOften}). Sends pause until {until.ToLocalTime():HH:mm:ss}."
        : null);

    /// <summary>The number of pending messages in the inbox.</summary>
    public int PendingCount => _inbox?.Pending ?? 0;

    /// <summary>The number of messages and files that are queued or being sent.</summary>
    public int QueuedCount => Volatile.Read(ref _queued);

    /// <summary>The number of messages fetched since Connect-WeChat.</summary>
    public long ReceivedCount => _inbox?.Received ?? 0;

    /// <summary>The number of messages sent since Connect-WeChat.</summary>
    public long SentCount => Interlocked.Read(ref _sent);

    /// <summary>The number of long polls since Connect-WeChat.</summary>
    public long PollCount => _health.Polls;

    internal ContactBook Contacts { get; } = new();

    internal SessionNotices Notices { get; } = new();

    /// <summary>The server's number for the account (uin), the same in every login; 0 before the login is complete. Do not show it.</summary>
    internal long Account => _connection?.Credentials.Uin ?? 0;

    internal TimeProvider Time => _options.Time;

    internal DateTimeOffset? OfflineSince => _health.OfflineSince;

    private DateTimeOffset? SendsPausedUntil => _sendPause is { IsOver: false } pause ? pause.Until : null;

    /// <summary>Whether the session is logged in and has not ended.</summary>
    internal bool IsConnected => _state == SessionState.Online;

    /// <summary>Whether the login is in progress.</summary>
    private bool IsConnecting => _state is SessionState.Connecting or SessionState.AwaitingScan or SessionState.AwaitingConfirmation;

    /// <summary>The session's name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether the session was created with these options.</summary>
    internal bool WasMadeWith(ConnectOptions options) => ReferenceEquals(_options, options);

    /// <summary>Takes the pending notices.</summary>
    /// <param name="withTrace">Whether to include traced requests.</param>
    internal IReadOnlyList<SessionNotice> TakeNotices(bool withTrace) => Notices.TakeAll(withTrace);

    /// <summary>Adds every request and response, redacted, to the notices (-Debug), until the result is disposed.</summary>
    internal IDisposable TraceRequests() => new RequestTrace(more =>
    {
        lock (_gate)
        {
            _traces += more;
            if (_http is not null) _http.Trace = _traces > 0 ? line => Notify(new SessionNotice(NoticeLevel.Debug, line)) : null;
        }
    });

    private void Notify(SessionNotice notice)
    {
        Notices.Add(notice);
        _signal.Set();
        NoteState();
        if (notice.Level >= NoticeLevel.Information) Raised?.Invoke(new WeChatNoticeEventArgs(Name, notice, Time.GetUtcNow()));
    }

    /// <summary>Ends the session and creates the error for waiting and later callers.</summary>
    private WeChatException End(int code, Exception cause)
    {
        WeChatErrorReason reason = ServerRefusal.EndReason(code);
        string message = reason == WeChatErrorReason.LoggedOut
            ? $"The session '{Name}' was ended on the phone or by another login (code {code})."
            : $"WeChat no longer accepts the session '{Name}' (code {code}).";
        lock (_gate)
        {
            if (_state == SessionState.Online)
                (_state, _ending) = (reason == WeChatErrorReason.LoggedOut ? SessionState.LoggedOut : SessionState.Expired, message);
        }

        NoteState();

        return new WeChatException(reason, message, cause) { ServerCode = code, Subject = Name };
    }

    /// <summary>Creates the error for a session that is not connected or has ended.</summary>
    internal WeChatException NotConnected() => new(
        _state switch
        {
            SessionState.LoggedOut => WeChatErrorReason.LoggedOut,
            SessionState.Expired => WeChatErrorReason.SessionExpired,
            _ => WeChatErrorReason.NotConnected,
        },
        _ending ?? $"The session '{Name}' is not connected.")
    { Subject = Name };

    internal void ThrowUnlessConnected()
    {
        if (!IsConnected) throw NotConnected();
    }

    /// <summary>Runs work that needs a connected session. Cancels it when the session is closed, and ends the session when the server has ended it.</summary>
    /// <param name="work">The work, with the token to use.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    private async Task<T> WhileConnectedAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        using var open = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            try
            {
                return await work(open.Token).ConfigureAwait(false);
            }
            catch (WeChatException e) when (e.ServerCode is { } code && SyncClassification.IsFatal(code))
            {
                if (await IsOverAsync(open.Token).ConfigureAwait(false)) throw End(code, e);
                throw new WeChatException(
                    WeChatErrorReason.Refused, $"WeChat refused the request with code {code}, but the session is still valid. Try again.", e)
                { ServerCode = code, Subject = e.Subject };
            }
        }
        catch (SyncEndedException e)
        {
            throw End(e.Code, e);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException
            && _closing.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw NotConnected();
        }
    }

    /// <summary>Checks with another request whether the session has ended, because WeChat has sent single 1100 and 1101 codes to valid sessions.</summary>
    private async Task<bool> IsOverAsync(CancellationToken cancellationToken)
    {
        await Time.DelayAsync(SyncLoop.ConfirmAfter, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<WireCookie> cookies = _cookies.All;
        try
        {
            WireRequest request = LoginRequests.Init(_connection!.Endpoints, _connection.Credentials, Time.GetUtcNow());
            WireReply reply = await _connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            InitReply init = InitReply.Parse(reply.Body.Span);
            if (init.IsSessionOver) return true;
            if (!init.IsUsable) return false;
            if (_account.Accepts(init, Account)) _connection.Adopt(init.Skey);
            else _cookies.Load(cookies);
            return false;
        }
        catch (Exception e) when (e is WireException or WireReplyException)
        {
            return false;
        }
    }
}
