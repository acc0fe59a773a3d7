using System.Collections.Generic;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>What <c>-Session</c> takes: a session, or the name of one that is connected in this process.</summary>
public sealed class SessionRef
{
    private readonly WeChatSession? _session;
    private readonly string _name;

    /// <summary>Refers to a session by name.</summary>
    public SessionRef(string name) => _name = name;

    /// <summary>Refers to a session.</summary>
    public SessionRef(WeChatSession session)
    {
        _session = session;
        _name = session.Name;
    }

    /// <inheritdoc/>
    public override string ToString() => _name;

    /// <exception cref="WeChatException">SessionNotFound; or AmbiguousSession, where sessions of several stores have that name.</exception>
    internal WeChatSession Resolve()
    {
        if (_session is not null)
            return _session;
        IReadOnlyList<WeChatSession> named = SessionRegistry.Named(_name);
        return named.Count switch
        {
            1 => named[0],
            0 => throw Failure(WeChatErrorReason.SessionNotFound, $"No session named '{_name}' is connected in this process."),
            _ => throw Failure(WeChatErrorReason.AmbiguousSession, $"{named.Count} sessions named '{_name}' are connected."),
        };
    }

    private WeChatException Failure(WeChatErrorReason reason, string message) => new(reason, message) { Subject = _name };
}
