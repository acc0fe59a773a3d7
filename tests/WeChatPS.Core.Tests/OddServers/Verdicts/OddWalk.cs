using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Sync;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.OddServers.Verdicts;

/// <summary>A loop among odd servers, on a clock that the walk moves, and the rules that it has to keep whatever they do.</summary>
internal sealed class OddWalk : IDisposable
{
    private const int MostRequests = 15;
    private const double Window = 15;
    private const double Back = 5;

    private readonly SteppedBench _bench = new();
    private readonly HashSet<ulong> _seen = [];
    private readonly HashSet<ulong> _again = [];
    private readonly List<double> _progress = [];
    private readonly HashSet<string> _texts = [];
    private readonly HashSet<string> _arrived = [];
    private ulong _sent;

    // A request of the rows before may still be under way.
    private double _hangs;

    /// <summary>One row for so long, with two messages in each of its minutes.</summary>
    public async Task RunAsync(OddVerdicts row, double seconds)
    {
        Begin(row.Answers(_bench));
        double end = _bench.Now + seconds, hangs = _hangs;
        while (_bench.Now < end - 60)
        {
            Send();
            if (row.Delivers) await DeliveredAsync(row.Within + hangs, $"while {row}");
            hangs = 0;

            // The first requests after a rest are the fastest: a message among them must not earn more than its own.
            await _bench.Pass(8);
            Send();
            if (row.Delivers) await DeliveredAsync(row.Within, $"while {row}");
            await _bench.Pass(60 - (_bench.Now % 60));
        }

        await _bench.Pass(end - _bench.Now);
        _hangs = Math.Max(hangs, row.Ends);
    }

    /// <summary>The server is good again: what waits comes, and what is sent then.</summary>
    /// <param name="hangs">How long a request that is under way may still take.</param>
    /// <param name="after">What was odd before.</param>
    public async Task EndAsync(double hangs, string after)
    {
        Begin(new OddAnswers(_bench.GoodPollAsync, _ => Task.FromResult(_bench.GoodFetch())));
        Send();
        await DeliveredAsync(Back + hangs, $"after {after}");
        Send();
        await DeliveredAsync(Back, $"long after {after}");

        // A held poll is all that proves that a server without messages is well.
        await _bench.Pass(2 * SteppedBench.Hold.TotalSeconds);
        Assert.True(_bench.Health.DegradedSince is null, $"still degraded after {after}: {_bench.Health.DegradedReason}");
        AssertRequests(after);
    }

    public void Send()
    {
        _texts.Add(Fetched.Text(++_sent));
        _bench.Happens(_sent);
    }

    public void Dispose() => _bench.Dispose();

    private void Begin(OddAnswers answers)
    {
        _bench.OnPoll = answers.Poll;
        _bench.OnFetch = async stop => Note(await answers.Fetch(stop));
    }

    /// <summary>Progress is a message that was not seen before, or a known one that was not brought again since the last new one.</summary>
    private FetchReply Note(FetchReply reply)
    {
        bool isNew = false, isAgain = false;
        foreach (SyncItem item in (reply.Batch?.Items ?? []).Where(item => item.Earns))
        {
            if (_seen.Add(item.Id)) isNew = true;
            else isAgain |= _again.Add(item.Id);
        }

        if (isNew) _again.Clear();
        if (isNew || isAgain) _progress.Add(_bench.Now);
        return reply;
    }

    private async Task DeliveredAsync(double within, string when)
    {
        double began = _bench.Now;
        while (Arrived() < (int)_sent && _bench.Now - began <= within) await _bench.Pass(0.2);
        Assert.True(
            Arrived() == (int)_sent,
            string.Create(CultureInfo.InvariantCulture, $"{_bench.Now - began:0.0} s {when}: {_sent} sent, {Arrived()} arrived. {Last()}"));
    }

    /// <summary>Takes what is in the inbox, as a receiver does.</summary>
    private int Arrived()
    {
        foreach (string text in _bench.Inbox.TakeAll().Where(_texts.Contains)) Assert.True(_arrived.Add(text), $"{text} came twice");
        return _arrived.Count;
    }

    private string Last() => string.Join(' ', _bench.Requests.TakeLast(20).Select(request => string.Create(CultureInfo.InvariantCulture, $"{request.Kind}@{request.At:0.0}")));

    /// <summary>Counts all requests but the poll and the fetch of a turn that was progress.</summary>
    private void AssertRequests(string after)
    {
        double[] at = [.. _bench.Requests.Select(request => request.At).Order()];
        for (int first = 0, last = 0; last < at.Length; last++)
        {
            while (at[last] - at[first] >= Window) first++;
            int excused = 2 * _progress.Count(moment => moment >= at[first] && moment <= at[last]);
            Assert.True(
                last - first + 1 - excused <= MostRequests,
                string.Create(CultureInfo.InvariantCulture, $"{last - first + 1} requests from {at[first]:0.0} to {at[last]:0.0}, {excused} of them of progress, {after}"));
        }
    }
}
