using System;
using System.Globalization;

namespace WeChatPS.Http;

/// <summary>One request and its outcome, for the debug stream and the log. The lines of text are redacted.</summary>
internal sealed class WireExchange(WireRequest request, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public WireRequest Request { get; } = request;

    public DateTimeOffset Time { get; } = time.GetUtcNow();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>The total duration; zero until the exchange has ended.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>The cookies that the request carries.</summary>
    public CookieSelection Cookies { get; set; } = new([]);

    /// <summary>Whether a response has begun. Then the request certainly reached the server.</summary>
    public bool HasBegun { get; set; }

    public WireReply? Reply { get; private set; }

    public WireException? Failure { get; private set; }

    public WireExchange Ended(WireReply reply) => End(reply, null);

    public WireExchange Failed(WireException failure) => End(null, failure);

    /// <summary>Ends the exchange because the caller cancelled it.</summary>
    public WireExchange Cancelled() => End(null, null);

    public string RequestLine() => string.Format(
        CultureInfo.InvariantCulture, "> {0} {1}{2}", Request.Method, Redaction.Redact(Request.Uri),
        Request.BodyLength > 0 ? $" ({Request.BodyLength} bytes)" : "");

    public string OutcomeLine() => string.Format(
        CultureInfo.InvariantCulture, "< {0} {1} after {2:0} ms", Request.Endpoint,
        Reply is not null ? $"{Reply.Status} ({Reply.Received} bytes)" : Failure is not null ? Failure.Failure.ToString() : "cancelled",
        Took.TotalMilliseconds);

    private WireExchange End(WireReply? reply, WireException? failure)
    {
        (Reply, Failure, Took) = (reply, failure, Elapsed);
        return this;
    }
}
