using System;
using WeChatPS.Http;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>A poll that ended.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Reply">What came back; null when nothing whole did.</param>
/// <param name="Failure">Why nothing whole came back.</param>
/// <param name="Outcome">What it meant.</param>
/// <param name="Ended">When.</param>
internal sealed record PollExchange(WireRequest Request, WireReply? Reply, WireException? Failure, PollReply Outcome, DateTimeOffset Ended)
{
    // the address holds the keys to the session
    public override string ToString() => Outcome.Detail;
}
