using System;
using System.Globalization;
using WeChatPS.Http;
using WeChatPS.Sync;

namespace WeChatPS.Web.Checks;

/// <summary>Compares the server's hold of a poll with the longest hold in this session and with the client's deadline.</summary>
internal static class HoldCheck
{
    /// <summary>A shorter hold means that the server does not hold polls.</summary>
    private static readonly TimeSpan s_instant = TimeSpan.FromSeconds(0.5);

    /// <summary>The divisor of the server's longest hold. A poll with a shorter hold was ended early.</summary>
    private const int EarlyPart = 2;

    /// <summary>The minimum time between the hold and the deadline, for the round trip.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(5);

    public static Finding Examine(PollObservation observation)
    {
        if (observation.StillHeld is { } held)
            return Finding.Note($"The test reached its time limit while a poll was held for {Seconds(held)}.", "To measure the whole hold, specify a longer -TimeoutSec.");
        if (observation.Last is not { } last || (!observation.IsFresh && observation.Obstacle is not null))
            return Finding.NotChecked(observation.Obstacle ?? "No poll ended during this test.");
        if (last.Failure is { } failure) return Broken(failure, last.Outcome.Elapsed, last.Request.Deadline!.Value);
        if (last.Outcome.Verdict != SyncVerdict.Ok) return Finding.NotChecked(last.Outcome.Detail.TrimEnd('.') + ".");
        return last.Outcome.HasChanges ? Announcing(observation, last.Outcome) : Quiet(observation, last);
    }

    private static Finding Broken(WireException failure, TimeSpan elapsed, TimeSpan deadline) => failure.Failure switch
    {
        WireFailure.Deadline => Finding.Problem(
            $"A poll had no response within its deadline of {Seconds(deadline)}.",
            "A proxy or firewall may drop idle connections. The next poll uses a new connection. If the problem persists, try another network or -NoProxy."),
        WireFailure.Cut => Finding.Problem(
            $"The connection was closed after {Seconds(elapsed)} of a poll.",
            "A proxy or firewall may close idle connections. Raise its idle timeout above 30 s, or bypass it."),
        WireFailure.ZeroStatus => Finding.NotChecked("The response had the status line '0 -': messages are pending."),
        _ => Finding.NotChecked(DisplayText.Visible(failure.Message)),
    };

    private static Finding Announcing(PollObservation observation, PollReply poll)
    {
        if (!observation.IsFresh) return Finding.NotChecked($"The last poll announced changes (selector {poll.Selector}).");
        if (observation.Obstacle is { } obstacle)
            return Finding.Problem($"Polls announce changes (selector {poll.Selector}), but they were not fetched: {obstacle}", "Receive-WeChatMessage retries the fetch. No messages are lost.");
        return observation.HasFetched
            ? Finding.NotChecked($"Messages or changes arrived (selector {poll.Selector}). They are in the inbox.")
            : Finding.Problem(
                $"Polls return immediately with selector {poll.Selector}, but a fetch returns no data.",
                "Polling backs off until data arrives. Open WeChat on the phone, which may be offline. If the problem persists, connect again.");
    }

    private static Finding Quiet(PollObservation observation, PollExchange last)
    {
        TimeSpan held = last.Outcome.Elapsed, deadline = last.Request.Deadline!.Value;
        string whose = observation.IsReceiving ? "The receiver's poll was held" : "A poll was held";
        string found = $"{whose} {Seconds(held)}; the client waits up to {Seconds(deadline)}.";
        if (deadline - held < s_margin)
            return Finding.Warning(found, $"The deadline is too short for slow networks. Set -PollTimeoutSec of Connect-WeChat to {(held + s_margin).TotalSeconds:0} or more.");
        if (held < s_instant)
        {
            return Finding.Problem(
                "Polls return immediately instead of being held.",
                "Either a proxy responds instead of WeChat, or the server does not accept the sync keys. Connect again with -NoProxy. Until then, the session polls less often.");
        }

        return observation.LongestHold is { } longest && held < longest / EarlyPart
            ? Finding.Warning(
                $"{whose} {Seconds(held)}; this server has held one {Seconds(longest)}.",
                "A proxy or firewall may end polls early. Messages still arrive, but with more traffic. Try -NoProxy.")
            : Finding.Ok(found);
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";
}
