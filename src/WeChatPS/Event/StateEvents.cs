using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>What happens to a session, as events: each once, in order, until the session is released.</summary>
internal sealed class Happenings : EventSource
{
    private readonly ConcurrentQueue<EventArgs> _waiting = new();
    private readonly SemaphoreSlim _count = new(0);
    private readonly WeChatSession _session;
    private readonly Type _wanted;
    private readonly CancellationTokenRegistration _closed;

    /// <param name="session">The session.</param>
    /// <param name="wanted">The kind of events that are wanted.</param>
    public Happenings(WeChatSession session, Type wanted)
        : base(session.Name)
    {
        (_session, _wanted) = (session, wanted);
        _session.Happened += Note;

        // one more than there are events: the end
        _closed = session.Closed.Register(() => _count.Release());
    }

    public override async Task<EventArgs?> NextAsync(CancellationToken stop)
    {
        await _count.WaitAsync(stop);
        return _waiting.TryDequeue(out EventArgs? next) ? next : null;
    }

    public override void Dispose()
    {
        _session.Happened -= Note;
        _closed.Dispose();
    }

    private void Note(EventArgs happening)
    {
        if (happening.GetType() != _wanted) return;
        _waiting.Enqueue(happening);
        _count.Release();
    }
}
