using System;
using System.Collections.Generic;

namespace WeChatPS.Sync;

/// <summary>The ids of the latest messages, by which duplicates from the server are recognized, and which of them came again.</summary>
/// <param name="capacity">The number of ids at the beginning. Batches of more than half as many let it grow.</param>
/// <param name="most">The largest number of ids.</param>
internal sealed class MessageWindow(int capacity = MessageWindow.Usual, int most = MessageWindow.Most)
{
    // A server whose key stands still sends everything again, some 20,000 messages in one reply. 512 KB in the log.
    private const int Usual = 64 * 1024;

    // 8 MB in the log and about 60 MB in memory. A reply of 64 MB (HttpSettings.BodyLimit) has fewer messages of the usual length.
    private const int Most = 1024 * 1024;

    private readonly Dictionary<ulong, Seen> _known = [];
    private readonly Queue<ulong> _order = new();
    private readonly HashSet<ulong> _earlier = [];
    private int _capacity = capacity;
    private int _replay = 1;

    /// <summary>The ids, oldest first.</summary>
    public IReadOnlyCollection<ulong> Ids => _order;

    /// <summary>The ids as versions 0.1 and 0.2 took them, of messages that did not come again since.</summary>
    public IReadOnlyCollection<ulong> EarlierIds => _earlier;

    public bool Contains(ulong id) => _known.ContainsKey(id);

    /// <summary>Makes room for batches of this size. One batch must not push its own ids out, nor those of the batch before it.</summary>
    /// <returns>False when that is more than the window may hold.</returns>
    public bool Hold(int batch)
    {
        _capacity = (int)Math.Max(_capacity, Math.Min(2L * batch, most));
        return 2L * batch <= most;
    }

    /// <summary>Adds an id that is not known yet.</summary>
    public void Add(ulong id)
    {
        if (!_known.TryAdd(id, new Seen(_replay, false))) return;
        _order.Enqueue(id);
        if (_order.Count > _capacity) RemoveOldest();
    }

    /// <summary>Adds an id from the log. It may come once more.</summary>
    public void Restore(ulong id)
    {
        Add(id);
        _known[id] = default;
    }

    /// <summary>Notes that an id in the window is one of version 0.1 or 0.2.</summary>
    public void NoteEarlier(ulong id) => _earlier.Add(id);

    /// <summary>Whether a message is known by its id, or by the one that versions 0.1 and 0.2 gave it; 0 if that is the same.</summary>
    /// <remarks>Only the first message with an id of these versions is known by it, because they took in no other.</remarks>
    public bool Knows(ulong id, ulong earlier)
    {
        if (Contains(id))
        {
            _earlier.Remove(id);
            return true;
        }

        if (earlier == 0 || !_earlier.Remove(earlier)) return false;
        Restore(id);
        return true;
    }

    /// <summary>Begins a replay: every known message may come once more.</summary>
    public void StartReplay() => _replay++;

    /// <summary>Notes that a message came.</summary>
    /// <returns>Whether it is known and had not come in this replay yet.</returns>
    public bool Brought(ulong id)
    {
        if (!_known.TryGetValue(id, out Seen seen) || seen.Replay == _replay) return false;
        _known[id] = new Seen(_replay, true);
        return true;
    }

    // What came again is likely to come once more. It goes to the end of the queue instead, once.
    private void RemoveOldest()
    {
        while (true)
        {
            ulong id = _order.Dequeue();
            Seen seen = _known[id];
            if (!seen.Again)
            {
                _known.Remove(id);
                _earlier.Remove(id);
                return;
            }

            _known[id] = seen with { Again = false };
            _order.Enqueue(id);
        }
    }

    /// <param name="Replay">The last replay that brought the message.</param>
    /// <param name="Again">Whether it came again since it was last at the end of the queue.</param>
    private readonly record struct Seen(int Replay, bool Again);
}
