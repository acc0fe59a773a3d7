using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Live;

namespace WeChatPS.Core.Tests.Acceptance;

/// <summary>A pipeline that takes every message at once.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<WeChatMessage> _messages = new();
    private readonly ConcurrentQueue<SessionNotice> _notices = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly MessageStream _stream;

    /// <param name="session">Where the messages come from.</param>
    /// <param name="handle">What is done with each; they are remembered when null.</param>
    public Receiver(WeChatSession session, Action<WeChatMessage>? handle = null)
    {
        _stream = session.OpenStream(new StreamOptions());
        Ended = Task.Run(() => ReceiveAsync(handle ?? _messages.Enqueue));
    }

    /// <summary>The stream's end; fails as the stream does.</summary>
    public Task Ended { get; }

    public IReadOnlyList<WeChatMessage> Messages => [.. _messages.Where(m => m.Kind != MessageKind.Status)];

    public string[] Texts => [.. Messages.Select(m => m.Text)];

    public IReadOnlyList<SessionNotice> Warnings => Of(NoticeLevel.Warning);

    public IReadOnlyList<SessionNotice> Recoveries => Of(NoticeLevel.Information);

    /// <summary>Waits until there are so many messages, or for what ended the stream instead.</summary>
    public async Task Take(int count)
    {
        await Eventually.UntilAsync(() => Messages.Count >= count || Ended.IsCompleted, $"message {count}", () => $"There are {Messages.Count}.");
        if (Messages.Count < count) await Ended;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Ended.ContinueWith(ended => ended.Exception, TaskScheduler.Default);
        _stream.Dispose();
        _stop.Dispose();
    }

    private IReadOnlyList<SessionNotice> Of(NoticeLevel level) => [.. _notices.Where(n => n.Level == level)];

    private async Task ReceiveAsync(Action<WeChatMessage> handle)
    {
        while (true)
        {
            StreamEntry entry = await _stream.NextAsync(_stop.Token);
            if (entry.Notice is { } notice) _notices.Enqueue(notice);
            if (entry.IsEnd) return;
            if (entry.Message is not { } message) continue;
            handle(message);
            _stream.Acknowledge(message);
        }
    }
}
