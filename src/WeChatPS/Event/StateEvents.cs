using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>The state changes or the notices of a session as events: each once, in order, until the session is disconnected.</summary>
internal sealed class StateEvents : EventSource
{
    private readonly ConcurrentQueue<EventArgs> _pending = new();
    private readonly SemaphoreSlim _count = new(0);
    private readonly WeChatSession _session;
    private readonly Type _wanted;
    private readonly CancellationTokenRegistration _closed;

    /// <param name="session">The session.</param>
    /// <param name="wanted">The type of the events.</param>
    public StateEvents(WeChatSession session, Type wanted)
        : base(session.Name)
    {
        (_session, _wanted) = (session, wanted);
        _session.Raised += Add;

        // One release without an event marks the end.
        _closed = session.Closed.Register(() => _count.Release());
    }

    public override async Task<EventArgs?> NextAsync(CancellationToken stop)
    {
        await _count.WaitAsync(stop);
        return _pending.TryDequeue(out EventArgs? next) ? next : null;
    }

    public override void Dispose()
    {
        _session.Raised -= Add;
        _closed.Dispose();
    }

    private void Add(EventArgs raised)
    {
        if (raised.GetType() != _wanted) return;
        _pending.Enqueue(raised);
        _count.Release();
    }
}
