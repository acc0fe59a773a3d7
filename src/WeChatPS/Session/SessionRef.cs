using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>A value for <c>-Session</c>: a session, or the name of a connected session of this process.</summary>
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

    /// <exception cref="WeChatException">SessionNotFound: no session of that name is connected.</exception>
    internal WeChatSession Resolve() => _session ?? SessionRegistry.Named(_name) ?? throw new WeChatException(
        WeChatErrorReason.SessionNotFound, $"No session named '{_name}' is connected in this process.") { Subject = _name };
}
