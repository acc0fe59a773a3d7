using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>A cmdlet that works with a connected session.</summary>
public abstract class SessionCmdlet : AsyncCmdlet
{
    // in the order of their first use
    private readonly List<WeChatSession> _used = [];
    private readonly List<IDisposable> _traces = [];
    private WeChatSession? _last;

    /// <summary>The session, by object or name; without it this runspace's current one, or the only one that is connected.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public virtual SessionRef? Session { get; set; }

    /// <summary>Where the input came from, if it says: an answer goes out where the question came in. Of several the first.</summary>
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

    /// <summary>Whether a failure is the end of the session: there is nothing to go on with, so it ends the pipeline too.</summary>
    private static bool IsSessionOver(WeChatErrorReason reason) =>
        reason is WeChatErrorReason.NotConnected or WeChatErrorReason.LoggedOut or WeChatErrorReason.SessionExpired;

    /// <summary>The session to use for something that came from a session, or from none; -Session decides for all.</summary>
    /// <param name="origin">Where it came from; null where it does not say.</param>
    /// <exception cref="WeChatException">
    /// NotConnected, AmbiguousSession or SessionNotFound. NotConnected also where another account has taken over the name of the session
    /// that it came from, even if -Session gives that name: whoever writes the name means the account that had it.
    /// </exception>
    private protected WeChatSession SessionOf(Origin? origin)
    {
        WeChatSession session = Session?.Resolve() ?? (origin is { } from ? Owner(from) : RunspaceSessions.Here.Select());
        if (origin is { } known && IsTakenOver(known, session))
        {
            throw NotConnected(
                known, $"Its account is not connected: another one ('{session.User?.Name}') has taken over the session '{session.Name}'.");
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
        ?? throw NotConnected(origin, $"The session '{origin.Session}' that it came from is not connected. Connect-WeChat -Name {origin.Session} connects it.");

    // of a receipt that a script made itself the account is not known
    private static bool IsTakenOver(Origin origin, WeChatSession session) =>
        origin.Account != 0 && session.Account != origin.Account && string.Equals(session.Name, origin.Session, StringComparison.OrdinalIgnoreCase);

    private static WeChatException NotConnected(Origin origin, string why) => new(
        WeChatErrorReason.NotConnected, $"The input cannot be handled by the account that it came from. {why} -Session with another name uses that session instead.")
    { Subject = origin.Session };
}
