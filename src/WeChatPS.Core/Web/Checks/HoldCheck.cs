using System;
using System.Globalization;
using WeChatPS.Http;
using WeChatPS.Sync;

namespace WeChatPS.Web.Checks;

/// <summary>How long the server holds a poll, compared with its longest hold in this session and with the client's own deadline.</summary>
internal static class HoldCheck
{
    /// <summary>Below this a server does not hold polls at all.</summary>
    private static readonly TimeSpan s_instant = TimeSpan.FromSeconds(0.5);

    /// <summary>A poll that is shorter than this part of the server's longest hold was ended early.</summary>
    private const int EarlyPart = 2;

    /// <summary>What a deadline has to leave for the way there and back.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(5);

    public static Finding Examine(PollSight sight)
    {
        if (sight.StillHeld is { } held)
            return Finding.Note($"A poll was still held after {Seconds(held)}, when the time for this test was over.", "A longer -TimeoutSec measures the whole hold.");
        if (sight.Last is not { } last || (!sight.IsFresh && sight.Obstacle is not null))
            return Finding.NotChecked(sight.Obstacle ?? "No poll ended during this test.");
        if (last.Failure is { } failure) return Broken(failure, last.Outcome.Elapsed, last.Request.Deadline!.Value);
        if (last.Outcome.Verdict != SyncVerdict.Ok) return Finding.NotChecked(last.Outcome.Detail.TrimEnd('.') + ".");
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
        WireFailure.ZeroStatus => Finding.NotChecked("The response had the status line '0 -': messages are pending."),
        _ => Finding.NotChecked(DisplayText.Visible(failure.Message)),
    };

    private static Finding Announcing(PollSight sight, PollReply poll)
    {
        if (!sight.IsFresh) return Finding.NotChecked($"The last poll announced changes (selector {poll.Selector}).");
        if (sight.Obstacle is { } obstacle)
            return Finding.Problem($"Polls announce changes (selector {poll.Selector}), but they were not fetched: {obstacle}", "Receive-WeChatMessage tries again until it works; nothing is lost.");
        return sight.Brought
            ? Finding.NotChecked($"Messages or changes came in (selector {poll.Selector}). They are in the inbox.")
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
                "Polls are answered at once instead of being held.",
                "Either a proxy answers in WeChat's place, or the server does not accept the keys. Connect again, without a proxy (-NoProxy). Until then the session polls less often.");
        }

        return sight.LongestHold is { } longest && held < longest / EarlyPart
            ? Finding.Warning(
                $"{whose} {Seconds(held)}; this server has held one {Seconds(longest)}.",
                "Something between this machine and the server may end polls early. Messages still arrive, with more traffic. Try without a proxy (-NoProxy).")
            : Finding.Ok(found);
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";
}
