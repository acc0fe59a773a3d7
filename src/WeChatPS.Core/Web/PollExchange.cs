using System;
using WeChatPS.Http;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>A completed poll.</summary>
/// <param name="Request">The request.</param>
/// <param name="Reply">The response; null without a complete response.</param>
/// <param name="Failure">The failure, or null.</param>
/// <param name="Outcome">The classified outcome.</param>
/// <param name="Ended">The time of the end.</param>
internal sealed record PollExchange(WireRequest Request, WireReply? Reply, WireException? Failure, PollReply Outcome, DateTimeOffset Ended)
{
    // The address contains credentials.
    public override string ToString() => Outcome.Detail;
}
