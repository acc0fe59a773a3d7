using System;
using System.Threading;

namespace WeChatPS.Http;

/// <summary>A deadline that restarts on every activity. It cancels its token after a period without activity.</summary>
internal sealed class IdleDeadline : IDisposable
{
    // Not disposed: it holds no timer, and the timer below may still cancel it.
    private readonly CancellationTokenSource _late = new();
    private readonly CancellationTokenSource _either;
    private readonly ITimer _timer;

    public IdleDeadline(TimeProvider time, TimeSpan patience, CancellationToken cancellationToken)
    {
        Patience = patience;
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _late.Token);
        _timer = time.CreateTimer(late => ((CancellationTokenSource)late!).Cancel(), _late, patience, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Patience { get; }

    /// <summary>The token that the caller or the deadline cancels.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether the deadline has passed.</summary>
    public bool IsOver => _late.IsCancellationRequested;

    public void Restart() => _timer.Change(Patience, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _either.Dispose();
    }
}
