using System;
using System.Threading.Tasks;
using WeChatPS.Sync;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>Replies for every verdict.</summary>
internal static class Replies
{
    public static PollReply Changes(int selector = 2, TimeSpan elapsed = default) =>
        new(SyncVerdict.Ok, true, 0, selector, elapsed, $"retcode 0, selector {selector}");

    public static PollReply Nothing(TimeSpan elapsed) => new(SyncVerdict.Ok, false, 0, 0, elapsed, "retcode 0, selector 0");

    public static PollReply Wake(TimeSpan elapsed = default) => new(SyncVerdict.Wake, true, 0, 0, elapsed, "status line 0");

    public static PollReply Broken(TimeSpan elapsed = default) => new(SyncVerdict.Transient, false, 0, 0, elapsed, "HTTP status 503");

    public static PollReply Unreached() => new(SyncVerdict.Offline, false, 0, 0, default, "connection refused");

    public static PollReply Throttled() => new(SyncVerdict.Throttled, false, 1205, 0, default, "retcode 1205");

    public static PollReply Over(int code = 1101) => new(SyncVerdict.Fatal, false, code, 0, default, $"retcode {code}");

    public static PollReply With(SyncBatch batch, TimeSpan elapsed = default) => new(SyncVerdict.Ok, true, 0, 0, elapsed, "updates", batch);

    public static FetchReply Fetched(SyncBatch batch) => new(SyncVerdict.Ok, 0, "Ret 0", batch);

    public static FetchReply Fetched(string next, params ulong[] ids) => Fetched(Sync.Fetched.Batch(next, ids));

    public static FetchReply FetchBroken() => new(SyncVerdict.Transient, 0, "HTTP status 502", null);

    public static FetchReply FetchThrottled() => new(SyncVerdict.Throttled, 1205, "Ret 1205", null);

    public static FetchReply FetchOver(int code = 1101) => new(SyncVerdict.Fatal, code, $"Ret {code}", null);

    public static Func<System.Threading.CancellationToken, Task<T>> Always<T>(T reply) => _ => Task.FromResult(reply);

    public static Func<System.Threading.CancellationToken, Task<T>> Always<T>(Func<T> reply) => _ => Task.FromResult(reply());
}
