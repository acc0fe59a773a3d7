using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Where the events of a subscription come from, one after the other.</summary>
/// <remarks>
/// The engine tells of the end of a subscription only where there is an event to detach from. The ones here are for that, and are never
/// raised: what the engine hears in that way it takes up on any thread and in any order.
/// </remarks>
[SuppressMessage("Performance", "CA1822", Justification = "The engine looks for the events of an object.")]
internal abstract class EventSource(string session) : IDisposable
{
    public event EventHandler Message { add { } remove { } }

    public event EventHandler StateChanged { add { } remove { } }

    public event EventHandler Notice { add { } remove { } }

    /// <summary>The next event; null when there will be none any more.</summary>
    /// <exception cref="WeChatException">The session has ended or was released.</exception>
    public abstract Task<EventArgs?> NextAsync(CancellationToken stop);

    /// <summary>The event was handled.</summary>
    public virtual void Taken(EventArgs taken)
    {
    }

    public abstract void Dispose();

    /// <summary>The session's name: Get-EventSubscriber shows it.</summary>
    public override string ToString() => session;
}
