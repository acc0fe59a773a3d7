using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator.State;

/// <summary>
/// What happened to one session, numbered. A client's sync key is the number of the last entry it has; an old key replays.
/// </summary>
internal sealed class ChangeLog<T>(long start, int keep)
{
    private readonly List<T> _entries = [];
    private long _forgotten = start;

    /// <summary>The key of a client that has nothing yet.</summary>
    public long Start { get; } = start;

    /// <summary>The key of a client that has everything.</summary>
    public long End => _forgotten + _entries.Count;

    public void Add(T entry) => _entries.Add(entry);

    /// <summary>A key as this log understands it: one that it never gave out means the beginning.</summary>
    public long Position(long key) => key < _forgotten || key > End ? _forgotten : key;

    /// <summary>At most <paramref name="count"/> entries after a position.</summary>
    public List<T> After(long position, int count)
    {
        int from = (int)(position - _forgotten);
        List<T> entries = _entries.GetRange(from, Math.Min(count, _entries.Count - from));
        Forget(from);
        return entries;
    }

    /// <summary>Drops what lies far behind a client, in large steps: each one moves the rest.</summary>
    private void Forget(int had)
    {
        int surplus = had - keep;
        if (surplus > keep)
        {
            _entries.RemoveRange(0, surplus);
            _forgotten += surplus;
        }
    }
}
