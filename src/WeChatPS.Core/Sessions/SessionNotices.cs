using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace WeChatPS.Sessions;

/// <summary>
/// The pending notices of a session. If no cmdlet reads them, the oldest are dropped. Traced requests have a separate queue, so only
/// cmdlets with -Debug take them.
/// </summary>
internal sealed class SessionNotices
{
    private const int Limit = 100;
    private readonly ConcurrentQueue<SessionNotice> _waiting = new();
    private readonly ConcurrentQueue<SessionNotice> _trace = new();

    public void Add(SessionNotice notice)
    {
        ConcurrentQueue<SessionNotice> queue = notice.Level == NoticeLevel.Debug ? _trace : _waiting;
        queue.Enqueue(notice);
        while (queue.Count > Limit && queue.TryDequeue(out _))
        {
        }
    }

    public bool TryTake(bool withTrace, [NotNullWhen(true)] out SessionNotice? notice) =>
        (withTrace && _trace.TryDequeue(out notice)) || _waiting.TryDequeue(out notice);

    public IReadOnlyList<SessionNotice> TakeAll(bool withTrace)
    {
        var all = new List<SessionNotice>();
        while (TryTake(withTrace, out SessionNotice? notice)) all.Add(notice);
        return all;
    }
}
