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
/// One WeChat account, logged in: what Connect-WeChat gives and every other cmdlet works with. It may be used from several runspaces at
/// once; one of them receives. Its properties hold no secrets.
/// </summary>
public sealed partial class WeChatSession : IDisposable
{
    private readonly object _gate = new();
    private readonly ConnectOptions _options;
    private readonly CookieJar _cookies = new();
    private readonly SyncHealth _health;
    private readonly Signal _signal = new();
    private readonly CancellationTokenSource _closing = new();
    private SessionState _state = SessionState.Connecting;
    private MessageStream? _stream;
    private string? _ending;
    private bool _disposed;
    private int _traces;

    private WeChatSession(ConnectOptions options)
    {
        _options = options;
        _health = new SyncHealth(options.Time, Notify);
    }

    /// <summary>The name that it is saved under.</summary>
    public string Name => _options.Name;

    /// <summary>Where it stands.</summary>
    public SessionState State => _state == SessionState.Online && DegradedSince is not null ? SessionState.Degraded : _state;

    /// <summary>The account; null before the login is complete.</summary>
    public WeChatContact? User => Contacts.Self;

    /// <summary>The server that it talks to.</summary>
    public string Endpoint => (_options.Endpoint ?? _connection?.Endpoints.Api)?.Authority ?? "";

    /// <summary>As which client it logged in.</summary>
    public WeChatLoginMode Mode => _mode;

    /// <summary>Whether nothing of it is saved.</summary>
    public bool IsEphemeral => _options.Ephemeral;

    /// <summary>When the server answered as it should for the last time.</summary>
    public DateTimeOffset? LastSync => _health.LastSync;

    /// <summary>What went wrong last, in words.</summary>
    public string? LastError => _ending ?? _health.LastError;

    /// <summary>When polling, or else sending, goes on after a pause; null while there is none.</summary>
    public DateTimeOffset? NextTry => _health.NextTry ?? SendsPausedUntil;

    /// <summary>Since when the server does not answer as it should, or has asked for less traffic; null while it does.</summary>
    public DateTimeOffset? DegradedSince => _health.DegradedSince ?? (SendsPausedUntil is null ? null : _sendPause!.Since);

    /// <summary>Why, in words.</summary>
    public string? DegradedReason => _health.DegradedReason ?? (SendsPausedUntil is { } until
        ? $"WeChat asked for less traffic (code {ServerRefusal.TooOften}). Sends pause until {until.ToLocalTime():HH:mm:ss}."
        : null);

    /// <summary>Messages that wait in the inbox.</summary>
    public int PendingCount => _inbox?.Pending ?? 0;

    /// <summary>Messages and files that are being sent: they wait for their turn, for the end of a pause, for the next attempt or for the response.</summary>
    public int QueuedCount => Volatile.Read(ref _queued);

    /// <summary>Messages fetched since Connect-WeChat.</summary>
    public long ReceivedCount => _inbox?.Received ?? 0;

    /// <summary>Messages sent since Connect-WeChat.</summary>
    public long SentCount => Interlocked.Read(ref _sent);

    /// <summary>Long polls since Connect-WeChat.</summary>
    public long PollCount => _health.Polls;

    internal ContactBook Contacts { get; } = new();

    internal SessionNotices Notices { get; } = new();

    /// <summary>The account, by the server's number for it (uin), which no login changes; 0 before the login is complete. Never to be shown.</summary>
    internal long Account => _connection?.Credentials.Uin ?? 0;

    internal TimeProvider Time => _options.Time;

    internal DateTimeOffset? OfflineSince => _health.OfflineSince;

    private DateTimeOffset? SendsPausedUntil => _sendPause is { IsOver: false } pause ? pause.Until : null;

    /// <summary>Whether it can be used: logged in and not ended.</summary>
    internal bool IsConnected => _state == SessionState.Online;

    /// <summary>Whether somebody logs it in at this moment.</summary>
    private bool IsConnecting => _state is SessionState.Connecting or SessionState.AwaitingScan or SessionState.AwaitingConfirmation;

    /// <summary>The session's name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether these options made it; otherwise it was there before.</summary>
    internal bool WasMadeWith(ConnectOptions options) => ReferenceEquals(_options, options);

    /// <summary>Takes what the session has to say.</summary>
    /// <param name="withTrace">The requests too, where somebody has them traced.</param>
    internal IReadOnlyList<SessionNotice> TakeNotices(bool withTrace) => Notices.TakeAll(withTrace);

    /// <summary>Lets every request and reply, redacted, appear among the notices (-Debug), until what it gives is disposed.</summary>
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
        if (notice.Level >= NoticeLevel.Information) Happened?.Invoke(new WeChatNoticeEventArgs(Name, notice, Time.GetUtcNow()));
    }

    /// <summary>The session is over: said once as an error by whoever was waiting, and again to whoever comes later.</summary>
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

    /// <summary>Why the session cannot be used (any more).</summary>
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

    /// <summary>Runs what needs a live session: ends it when the session is closed, and notices when the server says that it is over.</summary>
    /// <param name="work">What to do; its token is the one to use.</param>
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
                    WeChatErrorReason.Refused, $"WeChat refused this with code {code}, though the session is alive. Try again.", e)
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

    /// <summary>One request more before the session is declared dead; single 1100s and 1101s have been seen that meant nothing.</summary>
    private async Task<bool> IsOverAsync(CancellationToken cancellationToken)
    {
        try
        {
            WireRequest request = LoginRequests.Init(_connection!.Endpoints, _connection.Credentials, Time.GetUtcNow());
            WireReply reply = await _connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            InitReply init = InitReply.Parse(reply.Body.Span);
            _connection.Adopt(init.Skey);
            return init.IsSessionOver;
        }
        catch (Exception e) when (e is WireException or WireReplyException)
        {
            return false;
        }
    }
}
