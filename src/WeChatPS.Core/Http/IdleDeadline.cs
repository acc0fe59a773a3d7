using System;
using System.Threading;

namespace WeChatPS.Http;

/// <summary>A deadline that begins anew whenever something happens: it cancels when nothing has for too long.</summary>
internal sealed class IdleDeadline : IDisposable
{
    // not disposed of: it holds no timer, and the clock below may strike at that very moment
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

    /// <summary>Cancelled by the caller, or when nothing happened.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether it was this clock that ended it.</summary>
    public bool IsOver => _late.IsCancellationRequested;

    public void Restart() => _timer.Change(Patience, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _either.Dispose();
    }
}
