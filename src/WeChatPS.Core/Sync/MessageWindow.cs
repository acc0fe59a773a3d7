using System.Collections.Generic;

namespace WeChatPS.Sync;

/// <summary>The ids of the latest messages, by which duplicates from the server are recognized, and which of them came again.</summary>
internal sealed class MessageWindow(int capacity = 8192)
{
    private readonly Dictionary<ulong, int> _known = [];
    private readonly Queue<ulong> _order = new();
    private int _replay = 1;

    /// <summary>The ids, oldest first.</summary>
    public IReadOnlyCollection<ulong> Ids => _order;

    public bool Contains(ulong id) => _known.ContainsKey(id);

    /// <summary>Adds an id that is not known yet.</summary>
    public void Add(ulong id)
    {
        if (!_known.TryAdd(id, 0)) return;
        _order.Enqueue(id);
        if (_order.Count > capacity) _known.Remove(_order.Dequeue());
    }

    /// <summary>Begins a replay: every known message may come once more.</summary>
    public void StartReplay() => _replay++;

    /// <summary>Notes that a message came.</summary>
    /// <returns>Whether it is known and had not come in this replay yet.</returns>
    public bool Brought(ulong id)
    {
        if (!_known.TryGetValue(id, out int replay) || replay == _replay) return false;
        _known[id] = _replay;
        return true;
    }
}
