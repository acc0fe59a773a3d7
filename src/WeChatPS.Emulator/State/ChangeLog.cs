using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator.State;

/// <summary>
/// The numbered changes of one session. A client's sync key is the number of its last entry. A fetch with an old key returns entries again.
/// </summary>
internal sealed class ChangeLog<T>(long start, int keep)
{
    private readonly List<T> _entries = [];
    private long _forgotten = start;

    /// <summary>The key of a client without entries.</summary>
    public long Start { get; } = start;

    /// <summary>The key of a client with all entries.</summary>
    public long End => _forgotten + _entries.Count;

    public void Add(T entry) => _entries.Add(entry);

    /// <summary>Gets the position for a key. An invalid key means the start.</summary>
    public long Position(long key) => key < _forgotten || key > End ? _forgotten : key;

    /// <summary>Gets up to <paramref name="count"/> entries after a position.</summary>
    public List<T> After(long position, int count)
    {
        int from = (int)(position - _forgotten);
        List<T> entries = _entries.GetRange(from, Math.Min(count, _entries.Count - from));
        Forget(from);
        return entries;
    }

    /// <summary>Drops old entries, in large steps, because each step moves the remaining ones.</summary>
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
