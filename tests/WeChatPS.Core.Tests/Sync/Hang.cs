using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>Ends a test that hangs; nothing else depends on it.</summary>
internal static class Hang
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    public static CancellationToken Deadline() => new CancellationTokenSource(s_limit).Token;

    public static Task<T> OrHang<T>(this Task<T> task) => task.WaitAsync(s_limit);

    public static Task OrHang(this Task task) => task.WaitAsync(s_limit);
}
