using System;

namespace WeChatPS;

/// <summary>What a <see cref="MessageStream"/> brings, and until when.</summary>
internal sealed record StreamOptions
{
    /// <summary>Only what is there now.</summary>
    public bool NoWait { get; init; }

    /// <summary>Ends after this time; ending on time is no error.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gives up when the server cannot be reached for this long.</summary>
    public TimeSpan? OfflineTimeout { get; init; }

    /// <summary>Leaves what the session has to say to the next cmdlet.</summary>
    public bool LeavesNotices { get; init; }

    /// <summary>Brings the traced requests too.</summary>
    public bool ShowsTrace { get; init; }

    /// <summary>What does not match is not shown, and consumed.</summary>
    public Func<WeChatMessage, bool>? Filter { get; init; }

    /// <summary>What is not consumed though it does not match: it comes first next time.</summary>
    public Func<WeChatMessage, bool>? Leaves { get; init; }
}

/// <summary>One thing that a <see cref="MessageStream"/> brings: a message, a notice, or the end.</summary>
internal readonly record struct StreamEntry(WeChatMessage? Message, SessionNotice? Notice)
{
    public bool IsEnd => Message is null && Notice is null;
}
