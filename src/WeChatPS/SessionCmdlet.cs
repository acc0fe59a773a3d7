using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>A cmdlet that works with a connected session.</summary>
public abstract class SessionCmdlet : AsyncCmdlet
{
    private WeChatSession? _used;
    private IDisposable? _trace;

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
        if (IsDebugWanted && session != _used)
        {
            _trace?.Dispose();
            _trace = session.TraceRequests();
        }

        _used = session;
        await RunAsync(session, ProcessAsync, stop);
    }

    /// <inheritdoc/>
    protected sealed override async Task EndAsync(CancellationToken stop)
    {
        if (_used is not null)
            await RunAsync(_used, EndAsync, stop);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _trace?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Runs for every input object, with the session meant.</summary>
    private protected abstract Task ProcessAsync(WeChatSession session, CancellationToken stop);

    /// <summary>Runs once, after all input, with the session that the last one meant.</summary>
    private protected virtual Task EndAsync(WeChatSession session, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Runs what concerns one input; its failure is an error of its own, unless the session itself is over.</summary>
    private protected async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (WeChatException failure) when (!IsSessionOver(failure.Reason))
        {
            WriteError(failure);
            return false;
        }
    }

    private async Task RunAsync(WeChatSession session, Func<WeChatSession, CancellationToken, Task> body, CancellationToken stop)
    {
        try
        {
            await body(session, stop);
        }
        catch (WeChatException)
        {
            ShowNotices(session);
            throw;
        }

        ShowNotices(session);
    }

    /// <summary>Whether a failure is the end of the session: there is nothing to go on with, so it ends the pipeline too.</summary>
    private static bool IsSessionOver(WeChatErrorReason reason) =>
        reason is WeChatErrorReason.NotConnected or WeChatErrorReason.LoggedOut or WeChatErrorReason.SessionExpired;

    private WeChatSession SelectSession() =>
        Session?.Resolve() ?? RunspaceSessions.Here.Owner(InputSession) ?? RunspaceSessions.Select();
}
