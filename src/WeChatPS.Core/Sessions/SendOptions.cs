using System;

namespace WeChatPS;

/// <summary>The options for sending.</summary>
internal sealed record SendOptions
{
    /// <summary>Whether a lost response is immediately an error, without a retry.</summary>
    public bool NoRetry { get; init; }

    /// <summary>How long a message may be queued; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Reports the number of uploaded bytes of a file, on any thread. A retried chunk counts again.</summary>
    public IProgress<long>? Uploaded { get; init; }

    /// <summary>Reports each failed attempt that will be retried.</summary>
    public IProgress<SendRetry>? Retrying { get; init; }

    /// <summary>Reports how long a message is queued.</summary>
    public IProgress<TimeSpan>? Waiting { get; init; }
}
