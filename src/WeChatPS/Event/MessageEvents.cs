using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Messages as events: the one stream of the session, which polls while it is open.</summary>
internal sealed class MessageEvents(string session, MessageStream stream, bool isAcknowledged) : EventSource(session)
{
    public override async Task<EventArgs?> NextAsync(CancellationToken stop)
    {
        StreamEntry entry = await stream.NextAsync(stop);
        return entry.Message is null ? null : new WeChatMessageEventArgs(entry.Message);
    }

    public override void Taken(EventArgs taken)
    {
        if (isAcknowledged) stream.Acknowledge(((WeChatMessageEventArgs)taken).Message);
    }

    public override void Dispose() => stream.Dispose();
}
