using System;
using System.Collections.Generic;

namespace WeChatPS;

/// <summary>What was read last, so that a message which is taken back can still be shown. Bounded in number and in bytes.</summary>
internal sealed class RecentMessages
{
    private const int MostMessages = 500;
    private const int MostBytes = 1024 * 1024;

    private readonly Dictionary<string, WeChatMessage> _byId = new(StringComparer.Ordinal);
    private readonly Queue<WeChatMessage> _order = new();
    private int _bytes;

    public WeChatMessage? Find(string id)
    {
        lock (_order) return _byId.TryGetValue(id, out WeChatMessage? message) ? message : null;
    }

    /// <summary>Remembers a message; one that is read again takes its earlier reading's place.</summary>
    public void Add(WeChatMessage message)
    {
        if (message.Kind is MessageKind.Status or MessageKind.Recall or MessageKind.Unparsed || message.Size > MostBytes / 4)
            return;
        lock (_order)
        {
            _byId[message.Id] = message;
            _order.Enqueue(message);
            _bytes += message.Size;
            while (_order.Count > MostMessages || _bytes > MostBytes)
                Forget(_order.Dequeue());
        }
    }

    private void Forget(WeChatMessage oldest)
    {
        _bytes -= oldest.Size;
        if (ReferenceEquals(Find(oldest.Id), oldest))
            _byId.Remove(oldest.Id);
    }
}
