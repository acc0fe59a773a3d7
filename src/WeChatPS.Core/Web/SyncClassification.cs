using System;
using WeChatPS.Http;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>A classified fetch.</summary>
/// <param name="Verdict">The meaning for the loop.</param>
/// <param name="Code">The server's Ret; 0 without one.</param>
/// <param name="Detail">The outcome as text, without secrets.</param>
/// <param name="Reply">The response; null unless the verdict is <see cref="SyncVerdict.Ok"/>.</param>
internal readonly record struct FetchOutcome(SyncVerdict Verdict, int Code, string Detail, SyncBatchReply? Reply);

/// <summary>
/// The meaning of the server's responses for a session: 0 success · 1100, 1101, 1102 the session is over · 1205 throttled · the poll's
/// status line <c>0 -</c> data is pending · everything else, including invalid and missing responses, is temporary.
/// Codes: the official web client and openwechat's <c>base_response.go</c>.
/// </summary>
internal static class SyncClassification
{
    private const int LoggedOut = 1100;
    private const int NotLoggedIn = 1101;
    private const int CookieInvalid = 1102;
    private const int TooOften = 1205;
    private const int HttpOk = 200;

    public static SyncVerdict OfCode(int code) => code switch
    {
        0 => SyncVerdict.Ok,
        LoggedOut or NotLoggedIn or CookieInvalid => SyncVerdict.Fatal,
        TooOften => SyncVerdict.Throttled,
        _ => SyncVerdict.Transient,
    };

    /// <summary>Whether a code means that the session is over.</summary>
    public static bool IsFatal(int code) => OfCode(code) == SyncVerdict.Fatal;

    public static PollReply Poll(WireReply reply)
    {
        if (reply.Status != HttpOk)
            return BrokenPoll(StatusDetail("synccheck", reply), reply.Elapsed);
        try
        {
            SyncCheckReply check = SyncCheckReply.Parse(reply.Body.Span);
            SyncVerdict verdict = OfCode(check.RetCode);
            return new PollReply(
                verdict, verdict == SyncVerdict.Ok && check.Selector != 0, check.RetCode, check.Selector, reply.Elapsed,
                $"synccheck: retcode {check.RetCode}{Meaning(check.RetCode)}, selector {check.Selector}");
        }
        catch (WireReplyException broken)
        {
            return BrokenPoll(broken.Message, reply.Elapsed);
        }
    }

    public static PollReply Poll(WireException failure, TimeSpan elapsed) => failure.Failure == WireFailure.ZeroStatus
        ? new PollReply(SyncVerdict.Wake, true, 0, 0, elapsed, "synccheck: status line '0 -', which means that data is pending")
        : BrokenPoll(failure.Message, elapsed) with { Verdict = OfFailure(failure) };

    public static FetchOutcome Fetch(WireReply reply)
    {
        if (reply.Status != HttpOk)
            return new FetchOutcome(SyncVerdict.Transient, 0, StatusDetail("webwxsync", reply), null);
        try
        {
            SyncBatchReply batch = SyncBatchReply.Parse(reply.Body);
            int code = batch.Response.Ret;
            SyncVerdict verdict = OfCode(code);
            string detail = $"webwxsync: Ret {code}{Meaning(code)}{Words(batch)}";
            return new FetchOutcome(verdict, code, detail, verdict == SyncVerdict.Ok ? batch : null);
        }
        catch (WireReplyException broken)
        {
            return new FetchOutcome(SyncVerdict.Transient, 0, broken.Message, null);
        }
    }

    // The status line '0 -' has a meaning only for polls.
    public static FetchOutcome Fetch(WireException failure) => new(OfFailure(failure), 0, failure.Message, null);

    private static SyncVerdict OfFailure(WireException failure) =>
        failure.Failure == WireFailure.NoConnection ? SyncVerdict.Offline : SyncVerdict.Transient;

    private static PollReply BrokenPoll(string detail, TimeSpan elapsed) => new(SyncVerdict.Transient, false, 0, 0, elapsed, detail);

    private static string StatusDetail(string endpoint, WireReply reply) =>
        $"{endpoint}: HTTP status {reply.Status}{(reply.Body.IsEmpty ? ", empty body" : "")}";

    private static string Words(SyncBatchReply batch) =>
        batch.Response.ErrMsg.Length == 0 ? "" : $", \"{DisplayText.Visible(batch.Response.ErrMsg, 200)}\"";

    private static string Meaning(int code) => code switch
    {
        0 => "",
        LoggedOut => " (logged out on the phone or by another login)",
        NotLoggedIn => " (not logged in)",
        CookieInvalid => " (cookies not accepted)",
        TooOften => " (throttled)",
        _ => " (unknown code, probably temporary)",
    };
}
