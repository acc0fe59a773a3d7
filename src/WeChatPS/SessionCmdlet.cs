using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>A cmdlet that uses a connected session.</summary>
public abstract class SessionCmdlet : AsyncCmdlet
{
    // The sessions are in the order of their first use.
    private readonly List<WeChatSession> _used = [];
    private readonly List<IDisposable> _traces = [];
    private WeChatSession? _last;

    /// <summary>Specifies the session, as an object or by name. By default, the current session of the runspace, or the only connected one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public virtual SessionRef? Session { get; set; }

    /// <summary>The origin of the first input, if known: a reply uses the session of the message.</summary>
    private protected virtual Origin? InputOrigin => null;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        _last = SessionOf(InputOrigin);
        await RunAsync(_last, ProcessAsync, stop);
    }

    /// <inheritdoc/>
    protected sealed override async Task EndAsync(CancellationToken stop)
    {
        if (_last is not null)
            await RunAsync(_last, EndAsync, stop);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (IDisposable trace in _traces)
            trace.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Runs for every input object, with its session.</summary>
    private protected abstract Task ProcessAsync(WeChatSession session, CancellationToken stop);

    /// <summary>Runs once, after all input, with the session of the last input.</summary>
    private protected virtual Task EndAsync(WeChatSession session, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Runs the work for one input. Its failure is a non-terminating error, unless the session has ended.</summary>
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
            ShowNotices();
            throw;
        }

        ShowNotices();
    }

    private void ShowNotices()
    {
        foreach (WeChatSession used in _used)
            ShowNotices(used);
    }

    /// <summary>Whether a failure means the end of the session. Then it ends the pipeline too, because no further input can succeed.</summary>
    private static bool IsSessionOver(WeChatErrorReason reason) =>
        reason is WeChatErrorReason.NotConnected or WeChatErrorReason.LoggedOut or WeChatErrorReason.SessionExpired;

    /// <summary>Finds the session for an input. -Session overrides the input's origin.</summary>
    /// <param name="origin">The input's origin; null when unknown.</param>
    /// <exception cref="WeChatException">
    /// NotConnected: no session, or not the input's session, is connected. AmbiguousSession: several sessions are connected and none is current.
    /// SessionNotFound: -Session names no connected session. NotConnected also when the input's session name now belongs to another account,
    /// even if -Session specifies that name, because the user means the account of the input.
    /// </exception>
    private protected WeChatSession SessionOf(Origin? origin)
    {
        WeChatSession session = Session?.Resolve() ?? (origin is { } from ? Owner(from) : RunspaceSessions.Here.Select());
        if (origin is { } known && IsTakenOver(known, session))
        {
            throw NotConnected(
                known, $"Its account is not connected: the session '{session.Name}' now belongs to another account ('{session.User?.Name}').");
        }

        if (!_used.Contains(session))
        {
            _used.Add(session);
            if (IsDebugWanted)
                _traces.Add(session.TraceRequests());
        }

        return session;
    }

    private static WeChatSession Owner(Origin origin) => SessionRegistry.Named(origin.Session)
        ?? throw NotConnected(origin, $"Its session '{origin.Session}' is not connected. To connect it, run Connect-WeChat -Name {origin.Session}.");

    // A receipt that a script created has no account.
    private static bool IsTakenOver(Origin origin, WeChatSession session) =>
        origin.Account != 0 && session.Account != origin.Account && string.Equals(session.Name, origin.Session, StringComparison.OrdinalIgnoreCase);

    private static WeChatException NotConnected(Origin origin, string why) => new(
        WeChatErrorReason.NotConnected, $"The input cannot be handled by its own account. {why} To use another session, specify it with -Session.")
    { Subject = origin.Session };
}
