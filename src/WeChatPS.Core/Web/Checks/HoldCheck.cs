using System;
using System.Globalization;
using WeChatPS.Http;
using WeChatPS.Sync;

namespace WeChatPS.Web.Checks;

/// <summary>How long the server holds a poll, against what it usually does and against the client's own deadline.</summary>
internal static class HoldCheck
{
    /// <summary>What servers have been seen to do.</summary>
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(25);

    /// <summary>Below this a server does not hold at all.</summary>
    private static readonly TimeSpan s_instant = TimeSpan.FromSeconds(1);

    /// <summary>Below this something ends polls early.</summary>
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(15);

    /// <summary>What a deadline has to leave for the way there and back.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(5);

    public static Finding Examine(PollSight sight)
    {
        if (sight.StillHeld is { } held)
            return Finding.Note($"A poll was still held after {Seconds(held)}, when the time for this test was over.", "A longer -TimeoutSec measures the whole hold.");
        if (sight.Last is not { } last || (!sight.IsFresh && sight.Obstacle is not null))
            return Finding.Note($"Not measured: {sight.Obstacle ?? "no poll ended during this test"}");
        if (last.Failure is { } failure) return Broken(failure, last.Outcome.Elapsed, last.Request.Deadline!.Value);
        if (last.Outcome.Verdict != SyncVerdict.Ok) return Finding.Note($"Not measured: {last.Outcome.Detail}");
        return last.Outcome.HasChanges ? Announcing(sight, last.Outcome) : Quiet(sight, last);
    }

    private static Finding Broken(WireException failure, TimeSpan elapsed, TimeSpan deadline) => failure.Failure switch
    {
        WireFailure.Deadline => Finding.Problem(
            $"No answer to a poll within its deadline of {Seconds(deadline)}.",
            "Something on the way drops connections that are quiet for long. The next poll starts on a fresh one; if it stays so, try another network or go without the proxy (-NoProxy)."),
        WireFailure.Cut => Finding.Problem(
            $"The connection broke after {Seconds(elapsed)} of a poll.",
            "A proxy or firewall on the way ends quiet connections: raise its idle time above 30 s, or go around it."),
        WireFailure.ZeroStatus => Finding.Note("Not measured: the poll was answered with the status line '0 -', which means that something is pending."),
        _ => Finding.Note($"Not measured: {DisplayText.Visible(failure.Message)}"),
    };

    private static Finding Announcing(PollSight sight, PollReply poll)
    {
        if (!sight.IsFresh) return Finding.Note($"Not measured: the last poll brought selector {poll.Selector}.");
        if (sight.Obstacle is { } obstacle)
            return Finding.Problem($"Polls announce changes (selector {poll.Selector}), but they were not fetched: {obstacle}", "Receive-WeChatMessage tries again until it works; nothing is lost.");
        return sight.Brought
            ? Finding.Note(
                $"Not measured: messages or changes come in (selector {poll.Selector}). They are in the inbox.", "Test again when the account is quiet.")
            : Finding.Problem(
                $"Polls are answered at once with selector {poll.Selector}, but a fetch brings nothing.",
                "Polling slows itself down until data comes. Open WeChat on the phone: it has often been offline for long. If it stays so, connect again.");
    }

    private static Finding Quiet(PollSight sight, PollExchange last)
    {
        TimeSpan held = last.Outcome.Elapsed, deadline = last.Request.Deadline!.Value;
        string whose = sight.IsReceiving ? "The receiver's poll was held" : "A poll was held";
        string found = $"{whose} {Seconds(held)}; the client waits up to {Seconds(deadline)}.";
        if (deadline - held < s_margin)
            return Finding.Warning(found, $"That is too near: slow networks will cut quiet polls. The deadline should be {Seconds(held + s_margin)} or more.");
        if (held < s_instant)
        {
            return Finding.Problem(
                $"Polls are answered at once with \"nothing new\" (after {Seconds(held)}) instead of being held about {Seconds(s_usual)}.",
                "A proxy that answers in WeChat's place, or keys that the server does not accept: connect again, without a proxy (-NoProxy). Polling slows itself down meanwhile.");
        }

        return held < s_short
            ? Finding.Warning(found, $"The server usually holds about {Seconds(s_usual)}: something on the way may end polls early. It costs traffic, but works.")
            : Finding.Ok(found);
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";
}
