using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>The source of a subscription's events, one at a time.</summary>
/// <remarks>
/// The engine reports the end of a subscription only if it has an event to detach from. The events here serve this purpose and are never
/// raised, because the engine handles raised events on any thread and in any order.
/// </remarks>
[SuppressMessage("Performance", "CA1822", Justification = "The engine looks for the events of an object.")]
internal abstract class EventSource(string session) : IDisposable
{
    public event EventHandler Message { add { } remove { } }

    public event EventHandler StateChanged { add { } remove { } }

    public event EventHandler Notice { add { } remove { } }

    /// <summary>Gets the next event; null after the last one.</summary>
    /// <exception cref="WeChatException">The session has ended or was disconnected.</exception>
    public abstract Task<EventArgs?> NextAsync(CancellationToken stop);

    /// <summary>Acknowledges an event after it was handled.</summary>
    public virtual void Acknowledge(EventArgs handled)
    {
    }

    public abstract void Dispose();

    /// <summary>The session's name, for Get-EventSubscriber.</summary>
    public override string ToString() => session;
}
