using System;

namespace WeChatPS;

/// <summary>The options of a <see cref="MessageStream"/>.</summary>
internal sealed record StreamOptions
{
    /// <summary>Whether the stream ends after the messages that are available now.</summary>
    public bool NoWait { get; init; }

    /// <summary>The time limit of the stream. Reaching it is not an error.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The maximum length of an outage. A longer outage is an error.</summary>
    public TimeSpan? OfflineTimeout { get; init; }

    /// <summary>Whether notices are kept for the next cmdlet.</summary>
    public bool KeepsNotices { get; init; }

    /// <summary>Whether the stream includes traced requests.</summary>
    public bool ShowsTrace { get; init; }

    /// <summary>The filter. Messages that do not match are skipped and removed from the inbox.</summary>
    public Func<WeChatMessage, bool>? Filter { get; init; }

    /// <summary>Whether the filter cannot decide about a message. The message then stays in the inbox.</summary>
    public Func<WeChatMessage, bool>? IsUndecided { get; init; }
}

/// <summary>An entry of a <see cref="MessageStream"/>: a message, a notice, or the end.</summary>
internal readonly record struct StreamEntry(WeChatMessage? Message, SessionNotice? Notice)
{
    public bool IsEnd => Message is null && Notice is null;
}
