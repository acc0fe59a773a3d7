using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>
/// One Register-WeChatEvent: hands events to the runspace one by one. With an action the next one waits until the action has returned;
/// without one, until the event queue has room. It ends with Unregister-Event, the runspace, the module or the session.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source of cancellation has no timer and no wait handle: it holds nothing.")]
internal sealed class EventSubscription
{
    /// <summary>So many events of a subscription without an action may lie in the event queue unread.</summary>
    public const int MaxUnread = 100;

    private static readonly TimeSpan s_longestLook = TimeSpan.FromMilliseconds(100);

    // An event that comes while the engine still finishes the one before makes it wake up a second time, later and on a thread of its own;
    // two such wake-ups at once end the process (PowerShell 7.6, RunspaceBase.Pulse). So each runspace gets one event at a time, and a rest.
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(5);
    private static readonly ConditionalWeakTable<Runspace, SemaphoreSlim> s_turns = new();

    private static readonly List<EventSubscription> s_all = [];

    private readonly CancellationTokenSource _stop = new();
    private readonly PSEventManager _events;
    private readonly Runspace _runspace;
    private readonly WeChatSession _session;
    private readonly EventSource _source;
    private readonly PSEventSubscriber _subscriber;
    private readonly PSObject? _data;
    private readonly object _settling = new();
    private EventArgs? _delivered;
    private PSEventArgs? _raised;
    private bool _hasFailed;

    private EventSubscription(PSEventManager events, WeChatSession session, EventSource source, PSEventSubscriber subscriber, PSObject? data)
    {
        (_events, _session, _source, _subscriber, _data) = (events, session, source, subscriber, data);
        _runspace = Runspace.DefaultRunspace;
        subscriber.Unsubscribed += (_, _) => End();
    }

    /// <summary>How many there are in this process.</summary>
    public static int Count
    {
        get
        {
            lock (s_all) return s_all.Count;
        }
    }

    private bool IsRunspaceOpen => _runspace.RunspaceStateInfo.State == RunspaceState.Opened;

    /// <summary>Begins to hand over events.</summary>
    /// <param name="events">The runspace's event manager.</param>
    /// <param name="session">The sender.</param>
    /// <param name="source">The events; disposed of at the end.</param>
    /// <param name="subscriber">The engine's side.</param>
    /// <param name="data">What -MessageData gave.</param>
    public static void Start(PSEventManager events, WeChatSession session, EventSource source, PSEventSubscriber subscriber, PSObject? data)
    {
        var subscription = new EventSubscription(events, session, source, subscriber, data);
        lock (s_all) s_all.Add(subscription);

        // never on the pipeline's thread: the engine blocks who raises an event while an action runs
        _ = Task.Run(subscription.RunAsync);
    }

    /// <summary>Ends those of the runspace that asks; on its own thread.</summary>
    public static void EndThoseHere()
    {
        EventSubscription[] here;
        lock (s_all) here = [.. s_all.Where(one => one._runspace == Runspace.DefaultRunspace)];
        foreach (EventSubscription one in here) one._events.UnsubscribeEvent(one._subscriber);
    }

    private async Task RunAsync()
    {
        try
        {
            while (await RoomAsync() && await _source.NextAsync(_stop.Token) is { } next && await DeliverAsync(next))
            {
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // unregistered
        }
        catch (WeChatException ended)
        {
            if (!_stop.IsCancellationRequested) _session.Say($"The event subscription '{_subscriber.SourceIdentifier}' has ended: {ended.Message}");
        }
        catch (InvalidPipelineStateException)
        {
            _session.Say($"The event subscription '{_subscriber.SourceIdentifier}' has ended: PowerShell was busy with other events. The message comes first next time.");
        }
        catch (Exception) when (!IsRunspaceOpen)
        {
            // nobody is left to be told of whatever the engine ran into on its way out
        }
        finally
        {
            _source.Dispose();
            lock (s_all) s_all.Remove(this);

            // nothing of it is pending, so that nothing runs on this thread
            if (!_stop.IsCancellationRequested && IsRunspaceOpen) _events.UnsubscribeEvent(_subscriber);
        }
    }

    /// <summary>Who has unregistered may receive at once; only an action that has begun is waited for, perhaps the one that unregistered.</summary>
    private void End()
    {
        _stop.Cancel();
        lock (_settling)
        {
            if (Settle() is not null) _source.Dispose();
        }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> DeliverAsync(EventArgs next)
    {
        SemaphoreSlim turn = s_turns.GetValue(_runspace, static _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(_stop.Token);
        try
        {
            return await HandOverAsync(next);
        }
        finally
        {
            await Task.Delay(s_rest);
            turn.Release();
        }
    }

    private async Task<bool> HandOverAsync(EventArgs next)
    {
        lock (_settling) (_delivered, _raised) = (next, null);
        PSEventArgs raised = _events.GenerateEvent(
            _subscriber.SourceIdentifier, _session, [_session, next], _data, processInCurrentThread: true, waitForCompletionInCurrentThread: false);
        lock (_settling) _raised = raised;
        for (TimeSpan look = TimeSpan.FromMilliseconds(1); IsRunspaceOpen; look = look < s_longestLook ? look + look : look)
        {
            lock (_settling)
            {
                if (Settle() is { } isSettled) return isSettled;
            }

            await Task.Delay(look);
        }

        return false;
    }

    /// <summary>Looks what became of the event that was handed over, and acknowledges it when it was handled. Within the lock.</summary>
    /// <returns>Null while it is being handled; false when it was not, and there will be no more.</returns>
    private bool? Settle()
    {
        if (_hasFailed) return false;
        if (_delivered is not { } delivered) return true;
        if (_raised is not { } raised) return null;
        if (_subscriber.Action is { } job)
        {
            switch (EventCompletion.HasReturned(raised))
            {
                case null:
                    _hasFailed = true;
                    TakeBack(raised);
                    return false;
                case false:
                    return null;
                case true when job.JobStateInfo.State == JobState.Failed:
                    _hasFailed = true;
                    _session.Say($"The event subscription '{_subscriber.SourceIdentifier}' has ended: its action failed. Receive-Job shows why; the message comes first next time.");
                    return false;
            }
        }

        _delivered = null;
        _source.Taken(delivered);
        return true;
    }

    // what came too late for its subscriber must not lie around
    private void TakeBack(PSEventArgs raised)
    {
        lock (_events.ReceivedEvents.SyncRoot)
        {
            for (int at = _events.ReceivedEvents.Count - 1; at >= 0; at--)
            {
                if (_events.ReceivedEvents[at] == raised) _events.ReceivedEvents.RemoveAt(at);
            }
        }
    }

    /// <returns>True when the event queue has room.</returns>
    private async Task<bool> RoomAsync()
    {
        while (_subscriber.Action is null && Unread() >= MaxUnread) await Task.Delay(s_longestLook, _stop.Token);
        return true;
    }

    private int Unread()
    {
        lock (_events.ReceivedEvents.SyncRoot)
            return _events.ReceivedEvents.Count(one => one.SourceIdentifier == _subscriber.SourceIdentifier);
    }
}
