using System;
using System.Collections.Generic;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.State;

/// <summary>The latest messages of an account, for quotes. The world's gate guards it.</summary>
internal sealed class QuotableMessages
{
    private const int Most = 1000;

    private readonly Dictionary<string, QuotableMessage> _byId = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(QuotableMessage message)
    {
        _byId[message.MsgId] = message;
        _order.Enqueue(message.MsgId);
        if (_order.Count > Most)
        {
            _byId.Remove(_order.Dequeue());
        }
    }

    public QuotableMessage? Find(string msgId) => _byId.GetValueOrDefault(msgId);
}
