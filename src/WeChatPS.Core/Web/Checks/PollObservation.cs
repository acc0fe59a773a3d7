using System;

namespace WeChatPS.Web.Checks;

/// <summary>The observations of polls during a test.</summary>
internal sealed record PollObservation
{
    /// <summary>The last completed poll, if any.</summary>
    public PollExchange? Last { get; init; }

    /// <summary>Whether the last poll completed during the test.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Whether the polls are those of a receiver.</summary>
    public bool IsReceiving { get; init; }

    /// <summary>Whether a fetch returned the changes that a poll announced.</summary>
    public bool HasFetched { get; init; }

    /// <summary>How long a poll was already held at the time limit of the test.</summary>
    public TimeSpan? StillHeld { get; init; }

    /// <summary>The server's longest hold of an idle poll in this session; null before the first.</summary>
    public TimeSpan? LongestHold { get; init; }

    /// <summary>The reason why polls or fetches were not possible.</summary>
    public string? Obstacle { get; init; }
}
