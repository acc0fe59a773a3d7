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
/// A subscription of Register-WeChatEvent. It delivers events to the runspace one at a time. With an action, the next event follows when the
/// action has returned; without one, when the event queue has room. The subscription ends with Unregister-Event, the runspace, the module or the session.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The cancellation source has no timer and no wait handle, so it holds no resources.")]
internal sealed class EventSubscription
{
    /// <summary>The maximum number of unread events in the event queue, for a subscription without an action.</summary>
    public const int MaxUnread = 100;

    private static readonly TimeSpan s_longestLook = TimeSpan.FromMilliseconds(100);

    // If an event arrives while the engine still finishes the previous one, the engine wakes up again later, on a separate thread. Two such
    // wake-ups at once end the process (PowerShell 7.6, RunspaceBase.Pulse). So each runspace gets one event at a time, with a pause.
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

    /// <summary>The number of subscriptions in this process.</summary>
    public static int Count
    {
        get
        {
            lock (s_all) return s_all.Count;
        }
    }

    private bool IsRunspaceOpen => _runspace.RunspaceStateInfo.State == RunspaceState.Opened;

    /// <summary>Starts to deliver events.</summary>
    /// <param name="events">The runspace's event manager.</param>
    /// <param name="session">The sender.</param>
    /// <param name="source">The events. The subscription disposes it at the end.</param>
    /// <param name="subscriber">The engine's subscriber.</param>
    /// <param name="data">The value of -MessageData.</param>
    public static void Start(PSEventManager events, WeChatSession session, EventSource source, PSEventSubscriber subscriber, PSObject? data)
    {
        var subscription = new EventSubscription(events, session, source, subscriber, data);
        lock (s_all) s_all.Add(subscription);

        // The subscription never runs on the pipeline thread, because the engine blocks the raising thread while an action runs.
        _ = Task.Run(subscription.RunAsync);
    }

    /// <summary>Ends the subscriptions of the calling runspace. Call it on the runspace's own thread.</summary>
    public static void EndInThisRunspace()
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
            // The subscription was unregistered.
        }
        catch (WeChatException ended)
        {
            if (!_stop.IsCancellationRequested) _session.Warn($"The event subscription '{_subscriber.SourceIdentifier}' has ended: {ended.Message}");
        }
        catch (InvalidPipelineStateException)
        {
            _session.Warn($"The event subscription '{_subscriber.SourceIdentifier}' has ended: PowerShell was busy with other events. The message is redelivered first.");
        }
        catch (Exception) when (!IsRunspaceOpen)
        {
            // The runspace has closed, so no user could see the engine's error.
        }
        finally
        {
            _source.Dispose();
            lock (s_all) s_all.Remove(this);

            // The subscriber has no pending events, so no action runs on this thread.
            if (!_stop.IsCancellationRequested && IsRunspaceOpen) _events.UnsubscribeEvent(_subscriber);
        }
    }

    /// <summary>Ends the subscription, so another receiver can start immediately. If an action runs (it may be the caller), the subscription waits for it.</summary>
    private void End()
    {
        _stop.Cancel();
        lock (_settling)
        {
            if (Settle() is not null) _source.Dispose();
        }
    }

    /// <returns>Whether more events may follow.</returns>
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

    /// <summary>Checks the delivered event and acknowledges it after it was handled. The caller holds the lock.</summary>
    /// <returns>Null while the event is being handled; false when it was not handled and the subscription ends.</returns>
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
                    RemoveFromQueue(raised);
                    return false;
                case false:
                    return null;
                case true when job.JobStateInfo.State == JobState.Failed:
                    _hasFailed = true;
                    _session.Warn($"The event subscription '{_subscriber.SourceIdentifier}' has ended: its action failed. For the error, run Receive-Job. The message is redelivered first.");
                    return false;
            }
        }

        _delivered = null;
        _source.Acknowledge(delivered);
        return true;
    }

    // An event after the end of its subscription must not stay in the queue.
    private void RemoveFromQueue(PSEventArgs raised)
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
