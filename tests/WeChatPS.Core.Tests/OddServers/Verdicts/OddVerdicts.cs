using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Sync;
using WeChatPS.Sync;

namespace WeChatPS.Core.Tests.OddServers.Verdicts;

/// <summary>What an odd server's answers mean for the loop, which sees no bytes.</summary>
/// <param name="Poll">Answers a poll.</param>
/// <param name="Fetch">Answers a fetch.</param>
internal sealed record OddAnswers(Func<CancellationToken, Task<PollReply>> Poll, Func<CancellationToken, Task<FetchReply>> Fetch);

/// <summary>An odd server as a sequence of verdicts.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Answers">Makes its answers, which may keep a state.</param>
internal sealed record OddVerdicts(string Name, Func<SteppedBench, OddAnswers> Answers)
{
    // the default deadlines of a poll and of a fetch
    private static readonly TimeSpan s_pollDeadline = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan s_fetchDeadline = TimeSpan.FromSeconds(15);

    /// <summary>Whether messages arrive although the server is odd.</summary>
    public bool Delivers { get; init; }

    /// <summary>The time in which a message then arrives.</summary>
    public double Within { get; init; } = 5;

    public static IReadOnlyList<OddVerdicts> All { get; } =
    [
        // framing, headers, encodings, redirects, pages, statuses: everything that is no answer
        Row("every answer is broken", bench => new(At(0, Replies.Broken()), Fetch(Replies.FetchBroken()))),
        Row("every answer is broken, after three seconds", bench => new(
            After(bench, 3, () => Replies.Broken(TimeSpan.FromSeconds(3))), After(bench, 3, () => Replies.FetchBroken()))) with { Ends = 3 },
        Row("polls are broken, fetches work", bench => new(At(0, Replies.Broken()), Good(bench))) with { Delivers = true, Within = 8 },
        Row("polls work, fetches are broken", bench => new(bench.GoodPollAsync, Fetch(Replies.FetchBroken()))),
        Row("every second answer is broken", bench =>
        {
            int n = 0, m = 0;

            // On a budget that is used up: two polls and two fetches of 2 s each, and the pauses after the broken ones.
            return new(stop => n++ % 2 == 0 ? Task.FromResult(Replies.Broken()) : bench.GoodPollAsync(stop), _ => Task.FromResult(m++ % 2 == 0 ? Replies.FetchBroken() : bench.GoodFetch()));
        }) with { Delivers = true, Within = 10 },

        // timing, TLS, outages
        Row("nobody is reached", bench => new(At(0, Replies.Unreached()), Fetch(Unreached()))),
        Row("nobody is reached, and that takes ten seconds", bench => new(After(bench, 10, Replies.Unreached), After(bench, 10, Unreached))) with { Ends = 10 },
        Row("polls hang to their deadline, fetches work", bench => new(Late(bench), Good(bench))) with { Delivers = true, Within = 70, Ends = 35 },
        Row("everything hangs to its deadline", bench => new(Late(bench), After(bench, s_fetchDeadline.TotalSeconds, () => Replies.FetchBroken()))) with { Ends = 35 },
        Row("up for a second and a half, down for as long", bench => new(
            stop => bench.Now % 3 < 1.5 ? Task.FromResult(Replies.Unreached()) : Brief(bench.GoodPollAsync(stop), bench, stop),
            _ => Task.FromResult(bench.Now % 3 < 1.5 ? Unreached() : bench.GoodFetch()))) with { Delivers = true, Within = 30 },
        Row("every answer three seconds late", bench => new(
            async stop =>
            {
                PollReply poll = await bench.GoodPollAsync(stop);
                await Task.Delay(TimeSpan.FromSeconds(3), bench.Time, stop);
                return poll with { Elapsed = poll.Elapsed + TimeSpan.FromSeconds(3) };
            },
            async stop =>
            {
                await Task.Delay(TimeSpan.FromSeconds(3), bench.Time, stop);
                return bench.GoodFetch();
            })) with { Delivers = true, Within = 10, Ends = 3 },

        // return codes
        Row("1101 in every poll, fetches work", bench => new(At(0, Replies.Over()), Good(bench))) with { Delivers = true },
        Row("1100 in every fetch, polls work", bench => new(Announce(2), Fetch(Replies.FetchOver(1100)))) with { FetchesSayOver = true },
        Row("1101 in every second poll", bench =>
        {
            int n = 0;
            return new(stop => n++ % 2 == 0 ? Task.FromResult(Replies.Over()) : bench.GoodPollAsync(stop), Good(bench));
        }) with { Delivers = true },
        Row("broken, unreached and over in turn", bench =>
        {
            int n = 0;
            return new(_ => Task.FromResult((n++ % 3) switch { 0 => Replies.Broken(), 1 => Replies.Unreached(), _ => Replies.Over() }), Fetch(Replies.FetchBroken()));
        }),
        Row("broken fetches and empty ones in turn", bench =>
        {
            int n = 0;
            return new(Announce(2), _ => Task.FromResult(n++ % 2 == 0 ? Replies.FetchBroken() : Replies.Fetched("odd")));
        }),
        Row("an exception that nobody expects", bench => new(
            _ => throw new InvalidTimeZoneException("odd"), _ => Task.FromException<FetchReply>(new NotImplementedException()))),
        Row("exceptions in every poll, fetches work", bench => new(_ => throw new DivideByZeroException(), Good(bench))) with { Delivers = true, Within = 8 },

        // selectors
        Row("selector 2 at once, for nothing", bench => new(Announce(2), Good(bench))) with { Delivers = true },
        Row("selector 7 at once, for nothing", bench => new(Announce(7), Good(bench))) with { Delivers = true },
        Row("selector 0 at once", bench => new(At(0, Replies.Nothing(default)), Good(bench))) with { Delivers = true },
        Row("selector 2 after half a second, for nothing", bench => new(
            After(bench, 0.5, () => Replies.Changes(elapsed: TimeSpan.FromSeconds(0.5))), Good(bench))) with { Delivers = true },
        Row("selector 0 after a hold, whatever there is", bench => new(
            After(bench, 25, () => Replies.Nothing(TimeSpan.FromSeconds(25))), Good(bench))) with { Ends = 25 },
        Row("status line 0 in every poll", bench => new(At(0, Replies.Wake()), Good(bench))) with { Delivers = true },
        Row("0, 2 and broken in turn", bench =>
        {
            int n = 0;
            return new(_ => Task.FromResult((n++ % 3) switch { 0 => Replies.Nothing(default), 1 => Replies.Changes(), _ => Replies.Broken() }), Good(bench));
        }) with { Delivers = true, Within = 8 },

        // contacts, keys, status messages: batches without a message
        Row("empty batches with keys that move", bench => Batches(bench, (_, _) => [])) with { Delivers = true },
        Row("a status message in every batch", bench => Batches(bench, (n, _) => [Status(n)])) with { Delivers = true },
        Row("a status message in every fourth batch", bench => Batches(bench, (n, _) => n % 4 == 0 ? [Status(n)] : [])) with { Delivers = true },
        Row("keys that stand still: everything in every batch", bench => Batches(bench, (_, all) => all)) with { Delivers = true },
        Row("keys that go back: the last two in every batch", bench => Batches(bench, (_, all) => [.. all.TakeLast(2)])) with { Delivers = true },
        Row("every message three times in one batch", bench => Batches(bench, (_, all) => [.. all, .. all, .. all])) with { Delivers = true },

        // ContinueFlag
        Row("ContinueFlag for ever, without items", bench => Batches(bench, (_, _) => [], more: true)) with { Delivers = true },
        Row("ContinueFlag for ever, with status messages", bench => Batches(bench, (n, _) => [Status(n)], more: true)) with { Delivers = true },
        Row("ContinueFlag for ever, with everything again", bench => Batches(bench, (_, all) => all, more: true)) with { Delivers = true },
        Row("ContinueFlag for ever after each poll of a good server", bench => new(bench.GoodPollAsync, Batches(bench, (_, _) => [], more: true).Fetch)) with { Delivers = true },
    ];

    /// <summary>How long a request that is under way at the end may still take, before the 5 s of every row begin.</summary>
    public double Ends { get; init; }

    /// <summary>Whether fetches say that the session is over. Beside polls that say so too, that is the end, and no odd server.</summary>
    public bool FetchesSayOver { get; init; }

    public override string ToString() => Name;

    /// <summary>A server of which each request meets this one or another, in turn. Nobody can promise that messages arrive meanwhile.</summary>
    public OddVerdicts Mixed(OddVerdicts other) => new($"{Name} / {other.Name}", bench =>
    {
        OddAnswers first = Answers(bench), second = other.Answers(bench);
        int polls = 0, fetches = 0;
        return new(
            stop => (Interlocked.Increment(ref polls) % 2 == 0 ? first : second).Poll(stop),
            stop => (Interlocked.Increment(ref fetches) % 2 == 0 ? first : second).Fetch(stop));
    })
    { Ends = Math.Max(Ends, other.Ends) };

    private static OddVerdicts Row(string name, Func<SteppedBench, OddAnswers> answers) => new(name, answers);

    private static FetchReply Unreached() => new(SyncVerdict.Offline, 0, "connection refused", null);

    private static SyncItem Status(int n) => Fetched.Item(900_000_000UL + (ulong)n) with { Earns = false };

    private static Func<CancellationToken, Task<PollReply>> At(int selector, PollReply reply) => _ => Task.FromResult(reply with { Selector = selector });

    private static Func<CancellationToken, Task<PollReply>> Announce(int selector) => At(selector, Replies.Changes(selector));

    private static Func<CancellationToken, Task<FetchReply>> Fetch(FetchReply reply) => _ => Task.FromResult(reply);

    private static Func<CancellationToken, Task<FetchReply>> Good(SteppedBench bench) => _ => Task.FromResult(bench.GoodFetch());

    private static Func<CancellationToken, Task<PollReply>> Late(SteppedBench bench) => After(bench, s_pollDeadline.TotalSeconds, () => Replies.Broken(s_pollDeadline));

    private static Func<CancellationToken, Task<T>> After<T>(SteppedBench bench, double seconds, Func<T> reply) => async stop =>
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), bench.Time, stop).ConfigureAwait(false);
        return reply();
    };

    /// <summary>A good poll that lasts no longer than the second in which its server is up.</summary>
    private static async Task<PollReply> Brief(Task<PollReply> poll, SteppedBench bench, CancellationToken stop)
    {
        await Task.WhenAny(poll, Task.Delay(TimeSpan.FromSeconds(1), bench.Time, stop)).ConfigureAwait(false);
        return poll.IsCompletedSuccessfully ? await poll.ConfigureAwait(false) : Replies.Broken(TimeSpan.FromSeconds(1));
    }

    /// <summary>Polls that announce at once, and batches with more or less than what is new.</summary>
    private static OddAnswers Batches(SteppedBench bench, Func<int, SyncItem[], SyncItem[]> items, bool more = false)
    {
        int n = 0;
        List<SyncItem> all = [];
        return new(Announce(2), _ =>
        {
            SyncItem[] fresh = [.. bench.GoodFetch().Batch!.Items];
            all.AddRange(fresh);
            return Task.FromResult(Replies.Fetched(new SyncBatch([.. fresh, .. items(++n, [.. all])], new SyncCursor($"odd {n}"), more)));
        });
    }
}
