using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace WeChatPS.Sessions;

/// <summary>Notices that wait for a cmdlet to write them. Bounded: when nobody reads for long, the oldest go.</summary>
internal sealed class SessionNotices
{
    private const int Limit = 100;
    private readonly ConcurrentQueue<SessionNotice> _waiting = new();

    public void Add(SessionNotice notice)
    {
        _waiting.Enqueue(notice);
        while (_waiting.Count > Limit && _waiting.TryDequeue(out _))
        {
        }
    }

    public bool TryTake([NotNullWhen(true)] out SessionNotice? notice) => _waiting.TryDequeue(out notice);

    public IReadOnlyList<SessionNotice> TakeAll()
    {
        var all = new List<SessionNotice>();
        while (TryTake(out SessionNotice? notice)) all.Add(notice);
        return all;
    }
}
