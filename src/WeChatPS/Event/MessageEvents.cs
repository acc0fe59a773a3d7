using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Messages as events. The source holds the session's only stream, which polls while it is open.</summary>
internal sealed class MessageEvents(string session, MessageStream stream, bool isAcknowledged) : EventSource(session)
{
    public override async Task<EventArgs?> NextAsync(CancellationToken stop)
    {
        StreamEntry entry = await stream.NextAsync(stop);
        return entry.Message is null ? null : new WeChatMessageEventArgs(entry.Message);
    }

    public override void Acknowledge(EventArgs handled)
    {
        if (isAcknowledged) stream.Acknowledge(((WeChatMessageEventArgs)handled).Message);
    }

    public override void Dispose() => stream.Dispose();
}
