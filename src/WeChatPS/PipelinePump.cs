using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Runs an async body's continuations on the thread that calls <see cref="Run"/>.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The queue is completed, not disposed: an abandoned body may still post to it.")]
internal sealed class PipelinePump : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = new();

    /// <summary>Runs until the body has finished. Rethrows its exception.</summary>
    /// <param name="body">The running body.</param>
    /// <param name="grace">The time that a body has to finish after the stop.</param>
    /// <param name="stop">When cancelled, the body has <paramref name="grace"/> to finish. Then the pump abandons it.</param>
    public void Run(Task body, TimeSpan grace, CancellationToken stop)
    {
        try
        {
            if (!body.IsCompleted)
            {
                body.ContinueWith(_ => _queue.CompleteAdding(), TaskScheduler.Default);
                while (TryTakeUntilStopped(stop, out var item))
                    item.Callback(item.State);
                if (!body.IsCompleted)
                    RunUntil(grace, stop);
            }
        }
        finally
        {
            _queue.CompleteAdding();
            while (_queue.TryTake(out var left))
                RunElsewhere(left.Callback, left.State);
        }

        body.GetAwaiter().GetResult();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _queue.Add((d, state));
        }
        catch (InvalidOperationException)
        {
            RunElsewhere(d, state);
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    // After the pump has ended, the cleanup of an abandoned body runs on another thread. The engine refuses output from there,
    // and no pipeline would show it.
    private static void RunElsewhere(SendOrPostCallback callback, object? state) => ThreadPool.QueueUserWorkItem(_ =>
    {
        try
        {
            callback(state);
        }
        catch (Exception refused) when (refused is InvalidOperationException or PipelineStoppedException)
        {
        }
    });

    private bool TryTakeUntilStopped(CancellationToken stop, out (SendOrPostCallback Callback, object? State) item)
    {
        item = default;
        try
        {
            return _queue.TryTake(out item, Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void RunUntil(TimeSpan grace, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        for (TimeSpan left = grace; left > TimeSpan.Zero && _queue.TryTake(out var item, left); left = grace - clock.Elapsed)
            item.Callback(item.State);
        if (!_queue.IsCompleted)
            throw new OperationCanceledException(stop);
    }
}
