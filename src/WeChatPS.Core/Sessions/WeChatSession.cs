using System;
using System.Collections.Generic;
using System.Threading;
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
    private SessionState _state = SessionState.Connecting;
    private MessageStream? _stream;
    private string? _ending;
    private bool _disposed;

    private WeChatSession(ConnectOptions options)
    {
        _options = options;
        _health = new SyncHealth(options.Time, Notify);
    }

    /// <summary>The name that it is saved under.</summary>
    public string Name => _options.Name;

    /// <summary>Where it stands.</summary>
    public SessionState State => _state == SessionState.Online && _health.DegradedSince is not null ? SessionState.Degraded : _state;

    /// <summary>The account; null before the login is complete.</summary>
    public WeChatContact? User => Contacts.Self;

    /// <summary>The server that it talks to.</summary>
    public string Endpoint => (_options.Endpoint ?? _connection?.Endpoints.Api)?.Authority ?? "";

    /// <summary>As which client it logged in.</summary>
    public WeChatLoginMode Mode => _options.Mode;

    /// <summary>Whether nothing of it is saved.</summary>
    public bool IsEphemeral => _options.Ephemeral;

    /// <summary>When the server answered as it should for the last time.</summary>
    public DateTimeOffset? LastSync => _health.LastSync;

    /// <summary>What went wrong last, in words.</summary>
    public string? LastError => _ending ?? _health.LastError;

    /// <summary>When the next try is due; null while none is waited for.</summary>
    public DateTimeOffset? NextTry => _health.NextTry;

    /// <summary>Since when the server does not answer as it should; null while it does.</summary>
    public DateTimeOffset? DegradedSince => _health.DegradedSince;

    /// <summary>Why, in words.</summary>
    public string? DegradedReason => _health.DegradedReason;

    /// <summary>Messages that wait in the inbox.</summary>
    public int PendingCount => _inbox?.Pending ?? 0;

    /// <summary>Messages fetched since Connect-WeChat.</summary>
    public long ReceivedCount => _inbox?.Received ?? 0;

    /// <summary>Messages sent since Connect-WeChat.</summary>
    public long SentCount => Interlocked.Read(ref _sent);

    /// <summary>Long polls since Connect-WeChat.</summary>
    public long PollCount => _health.Polls;

    internal ContactBook Contacts { get; } = new();

    internal SessionNotices Notices { get; } = new();

    internal TimeProvider Time => _options.Time;

    internal DateTimeOffset? OfflineSince => _health.OfflineSince;

    /// <summary>Whether it can be used: logged in and not ended.</summary>
    internal bool IsConnected => _state == SessionState.Online;

    /// <summary>The session's name.</summary>
    public override string ToString() => Name;

    /// <summary>Takes what the session has to say.</summary>
    internal IReadOnlyList<SessionNotice> TakeNotices() => Notices.TakeAll();

    /// <summary>Lets every request and reply, redacted, appear among the notices (-Debug).</summary>
    internal void TraceRequests(bool wanted)
    {
        if (_http is not null) _http.Trace = wanted ? line => Notify(new SessionNotice(NoticeLevel.Debug, line)) : null;
    }

    private void Notify(SessionNotice notice)
    {
        Notices.Add(notice);
        _signal.Set();
    }

    /// <summary>The session is over: said once as an error by whoever was waiting, and again to whoever comes later.</summary>
    private WeChatException End(SyncEndedException ended)
    {
        WeChatErrorReason reason = ServerRefusal.EndReason(ended.Code);
        string message = reason == WeChatErrorReason.LoggedOut
            ? $"The session '{Name}' was ended on the phone or by another login (code {ended.Code})."
            : $"WeChat no longer accepts the session '{Name}' (code {ended.Code}).";
        lock (_gate)
        {
            _state = reason == WeChatErrorReason.LoggedOut ? SessionState.LoggedOut : SessionState.Expired;
            _ending = message;
        }

        return new WeChatException(reason, message, ended) { ServerCode = ended.Code, Subject = Name };
    }

    private void ThrowUnlessConnected()
    {
        if (IsConnected) return;
        throw new WeChatException(
            _state switch
            {
                SessionState.LoggedOut => WeChatErrorReason.LoggedOut,
                SessionState.Expired => WeChatErrorReason.SessionExpired,
                _ => WeChatErrorReason.NotConnected,
            },
            _ending ?? $"The session '{Name}' is not connected.")
        { Subject = Name };
    }
}
