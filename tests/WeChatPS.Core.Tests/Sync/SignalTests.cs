using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class SignalTests
{
    private readonly Signal _signal = new();

    [Fact]
    public async Task A_signal_given_while_nobody_waits_is_kept_and_several_are_one()
    {
        _signal.Set();
        _signal.Set();
        Assert.True(await _signal.WaitAsync(Hang.Deadline()));
        Assert.False(_signal.WaitAsync(CancellationToken.None).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_waiter_is_woken()
    {
        Task<bool> waiting = _signal.WaitAsync(Hang.Deadline()).AsTask();
        Assert.False(waiting.IsCompleted);
        _signal.Set();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task A_cancelled_waiter_does_not_swallow_the_next_signal()
    {
        using var stop = new CancellationTokenSource();
        Task<bool> waiting = _signal.WaitAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        _signal.Set();
        Assert.True(await _signal.WaitAsync(Hang.Deadline()));
    }
}
