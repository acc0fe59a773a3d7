using System.Collections.Generic;

namespace WeChatPS.Sync;

/// <summary>The ids of the latest messages, by which duplicates from the server are recognized.</summary>
internal sealed class MessageWindow(int capacity = 8192)
{
    private readonly HashSet<ulong> _known = [];
    private readonly Queue<ulong> _order = new();

    /// <summary>The ids, oldest first.</summary>
    public IReadOnlyCollection<ulong> Ids => _order;

    public bool Contains(ulong id) => _known.Contains(id);

    public void Add(ulong id)
    {
        if (!_known.Add(id)) return;
        _order.Enqueue(id);
        if (_order.Count > capacity) _known.Remove(_order.Dequeue());
    }
}
