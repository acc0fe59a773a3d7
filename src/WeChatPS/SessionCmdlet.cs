using System.Management.Automation;

namespace WeChatPS;

/// <summary>A cmdlet that works with a connected session.</summary>
public abstract class SessionCmdlet : AsyncCmdlet
{
    /// <summary>The session, by object or name; without it this runspace's current one, or the only one that is connected.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public virtual SessionRef? Session { get; set; }

    /// <summary>The session meant.</summary>
    /// <exception cref="WeChatException">NotConnected, AmbiguousSession or SessionNotFound.</exception>
    private protected WeChatSession SelectSession() => Session?.Resolve() ?? RunspaceSessions.Select();
}
