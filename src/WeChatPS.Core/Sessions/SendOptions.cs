using System;

namespace WeChatPS;

/// <summary>How to send.</summary>
internal sealed record SendOptions
{
    /// <summary>Leave the first doubt to the caller instead of repeating the request.</summary>
    public bool NoRetry { get; init; }

    /// <summary>How long a message may wait for its turn; for ever when null.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Told how many bytes of a file are out, on whatever thread they go. A piece that is repeated counts again.</summary>
    public IProgress<long>? Uploaded { get; init; }

    /// <summary>Told of each attempt that failed and is repeated.</summary>
    public IProgress<SendRetry>? Retrying { get; init; }

    /// <summary>Told, when a message must wait for its turn, for how long.</summary>
    public IProgress<TimeSpan>? Waiting { get; init; }
}
