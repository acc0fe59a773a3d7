using System;
using WeChatPS.Http;
using WeChatPS.Sync;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class SyncClassificationTests
{
    [Theory]
    [InlineData(0, SyncVerdictName.Ok)]
    [InlineData(1100, SyncVerdictName.Fatal)]
    [InlineData(1101, SyncVerdictName.Fatal)]
    [InlineData(1102, SyncVerdictName.Fatal)]
    [InlineData(1205, SyncVerdictName.Throttled)]
    [InlineData(-1, SyncVerdictName.Transient)]
    [InlineData(-14, SyncVerdictName.Transient)]
    [InlineData(1, SyncVerdictName.Transient)]
    [InlineData(1103, SyncVerdictName.Transient)]
    [InlineData(1203, SyncVerdictName.Transient)]
    [InlineData(9999, SyncVerdictName.Transient)]
    public void A_code_means_the_same_on_both_ways(int code, string verdict)
    {
        PollReply poll = SyncClassification.Poll(Reply(200, $"window.synccheck={{retcode:\"{code}\",selector:\"2\"}}"));
        Assert.Equal((verdict, code, 2), (poll.Verdict.ToString(), poll.RetCode, poll.Selector));
        Assert.Equal(verdict == SyncVerdictName.Ok, poll.HasChanges);

        FetchOutcome fetch = SyncClassification.Fetch(Reply(200, $$$"""{"BaseResponse":{"Ret":{{{code}}},"ErrMsg":"words\u001b"},"SyncKey":{"List":[{"Key":1,"Val":1}]}}"""));
        Assert.Equal((verdict, code), (fetch.Verdict.ToString(), fetch.Code));
        Assert.Equal(verdict == SyncVerdictName.Ok, fetch.Reply is not null);
        Assert.Contains("words␛", fetch.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(7, true)]
    [InlineData(-1, true)]
    [InlineData(99, true)]
    public void Every_selector_but_0_means_fetch(int selector, bool changes) =>
        Assert.Equal(changes, SyncClassification.Poll(Reply(200, $"window.synccheck={{retcode:\"0\",selector:\"{selector}\"}}")).HasChanges);

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "<html>busy</html>")]
    [InlineData(200, "garbage")]
    [InlineData(500, "window.synccheck={retcode:\"1101\",selector:\"0\"}")]
    [InlineData(502, "")]
    [InlineData(503, "")]
    [InlineData(301, "")]
    [InlineData(302, "window.synccheck={retcode:\"1101\",selector:\"0\"}")]
    [InlineData(403, "{\"BaseResponse\":{\"Ret\":1101}}")]
    [InlineData(0, "window.synccheck={retcode:\"1101\",selector:\"0\"}")]
    public void Anything_but_a_sensible_200_passes(int status, string body)
    {
        PollReply poll = SyncClassification.Poll(Reply(status, body));
        Assert.Equal((SyncVerdict.Transient, false), (poll.Verdict, poll.HasChanges));
        Assert.Equal(TimeSpan.FromSeconds(3), poll.Elapsed);
        Assert.NotEmpty(poll.Detail);
        FetchOutcome fetch = SyncClassification.Fetch(Reply(status, body));
        Assert.Equal(SyncVerdict.Transient, fetch.Verdict);
        Assert.Null(fetch.Reply);
        Assert.NotEmpty(fetch.Detail);
    }

    [Fact]
    public void Messages_without_a_BaseResponse_are_taken()
    {
        FetchOutcome fetch = SyncClassification.Fetch(Reply(200, """{"AddMsgList":[]}"""));
        Assert.Equal((SyncVerdict.Ok, 0), (fetch.Verdict, fetch.Code));
        Assert.NotNull(fetch.Reply);
    }

    [Fact]
    public void The_status_line_0_wakes_on_the_poll_alone_and_without_a_connection_one_is_offline()
    {
        foreach (WireFailure failure in Enum.GetValues<WireFailure>())
        {
            var exception = new WireException(failure, "synccheck", "what happened");
            PollReply poll = SyncClassification.Poll(exception, TimeSpan.FromSeconds(1));
            bool wakes = failure == WireFailure.ZeroStatus;
            SyncVerdict broken = failure == WireFailure.NoConnection ? SyncVerdict.Offline : SyncVerdict.Transient;
            Assert.Equal(wakes ? SyncVerdict.Wake : broken, poll.Verdict);
            Assert.Equal(wakes, poll.HasChanges);
            Assert.Equal(broken, SyncClassification.Fetch(exception).Verdict);
        }
    }

    private static WireReply Reply(int status, string body) => new(status, Sample.Bytes(body)) { Elapsed = TimeSpan.FromSeconds(3) };

    // attributes of a public method cannot name an internal type
    private static class SyncVerdictName
    {
        public const string Ok = nameof(SyncVerdict.Ok);
        public const string Fatal = nameof(SyncVerdict.Fatal);
        public const string Throttled = nameof(SyncVerdict.Throttled);
        public const string Transient = nameof(SyncVerdict.Transient);
    }
}
