using System;
using System.Collections.Generic;

namespace WeChatPS;

/// <summary>The latest messages, so that a recalled message can still be shown. The number and the bytes are limited.</summary>
internal sealed class RecentMessages
{
    private const int MaxMessages = 500;
    private const int MaxBytes = 1024 * 1024;

    private readonly Dictionary<string, WeChatMessage> _byId = new(StringComparer.Ordinal);
    private readonly Queue<WeChatMessage> _order = new();
    private int _bytes;

    public WeChatMessage? Find(string id)
    {
        lock (_order) return _byId.TryGetValue(id, out WeChatMessage? message) ? message : null;
    }

    /// <summary>Stores a message, and replaces an earlier reading of it.</summary>
    public void Add(WeChatMessage message)
    {
        if (message.Kind is MessageKind.Status or MessageKind.Recall or MessageKind.Unparsed || message.Size > MaxBytes / 4)
            return;
        lock (_order)
        {
            _byId[message.Id] = message;
            _order.Enqueue(message);
            _bytes += message.Size;
            while (_order.Count > MaxMessages || _bytes > MaxBytes)
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
