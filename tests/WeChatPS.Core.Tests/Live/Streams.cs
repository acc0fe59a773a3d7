using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Streams as tests read them.</summary>
internal static class Streams
{
    /// <summary>Without the list of chats that begins every session.</summary>
    public static StreamOptions Texts => new() { Filter = message => message.Kind != MessageKind.Status };

    /// <summary>The next message, which is not handed over; notices are passed over.</summary>
    public static async Task<WeChatMessage> TextAsync(this MessageStream stream)
    {
        while (true)
        {
            StreamEntry entry = await stream.EntryAsync();
            if (entry.IsEnd) throw new InvalidOperationException("the stream has ended");
            if (entry.Message is { } message) return message;
        }
    }

    /// <summary>The next message, handed over.</summary>
    public static async Task<WeChatMessage> TakeAsync(this MessageStream stream)
    {
        WeChatMessage message = await stream.TextAsync();
        stream.Acknowledge(message);
        return message;
    }

    /// <summary>Everything up to the end: messages are handed over, notices are kept.</summary>
    public static async Task<(List<WeChatMessage> Messages, List<SessionNotice> Notices)> TakeAllAsync(this MessageStream stream)
    {
        List<WeChatMessage> messages = [];
        List<SessionNotice> notices = [];
        while (true)
        {
            StreamEntry entry = await stream.EntryAsync();
            if (entry.Notice is not null) notices.Add(entry.Notice);
            if (entry.Message is { } message)
            {
                messages.Add(message);
                stream.Acknowledge(message);
            }

            if (entry.IsEnd) return (messages, notices);
        }
    }

    public static async Task<StreamEntry> EntryAsync(this MessageStream stream)
    {
        // a test that hangs says less than one that fails
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await stream.NextAsync(late.Token);
    }
}
