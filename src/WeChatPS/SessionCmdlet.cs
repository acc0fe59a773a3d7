using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>A cmdlet that works with a connected session.</summary>
public abstract class SessionCmdlet : AsyncCmdlet
{
    /// <summary>The session, by object or name; without it this runspace's current one, or the only one that is connected.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public virtual SessionRef? Session { get; set; }

    /// <summary>The session that the input came from, if it says: an answer goes out where the question came in.</summary>
    private protected virtual string? InputSession => null;

    /// <inheritdoc/>
    protected sealed override async Task ProcessAsync(CancellationToken stop)
    {
        WeChatSession session = SelectSession();
        session.TraceRequests(IsDebugWanted);
        try
        {
            await ProcessAsync(session, stop);
        }
        catch (WeChatException)
        {
            ShowNotices(session);
            throw;
        }

        ShowNotices(session);
    }

    /// <summary>Runs for every input object, with the session meant.</summary>
    private protected abstract Task ProcessAsync(WeChatSession session, CancellationToken stop);

    /// <summary>Whether a failure is the end of the session: there is nothing to go on with, so it ends the pipeline too.</summary>
    private protected static bool IsSessionOver(WeChatErrorReason reason) =>
        reason is WeChatErrorReason.NotConnected or WeChatErrorReason.LoggedOut or WeChatErrorReason.SessionExpired;

    private WeChatSession SelectSession() =>
        Session?.Resolve() ?? RunspaceSessions.Here.Owner(InputSession) ?? RunspaceSessions.Select();
}
