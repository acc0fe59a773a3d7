using System;

namespace WeChatPS.Web.Checks;

/// <summary>What was seen while the loop polled.</summary>
internal sealed record PollSight
{
    /// <summary>The poll that ended last, if one ever did.</summary>
    public PollExchange? Last { get; init; }

    /// <summary>Whether that was during the examination; otherwise it is an older one.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Whether somebody receives, whose polls these are.</summary>
    public bool IsReceiving { get; init; }

    /// <summary>Whether what polls announced was there when it was fetched.</summary>
    public bool Brought { get; init; }

    /// <summary>How long a poll was held without an answer when the time for the examination was over.</summary>
    public TimeSpan? StillHeld { get; init; }

    /// <summary>The longest time that the server has held a poll without news in this session; null before the first.</summary>
    public TimeSpan? LongestHold { get; init; }

    /// <summary>What kept polls from being made, or from being followed by a fetch.</summary>
    public string? Obstacle { get; init; }
}
