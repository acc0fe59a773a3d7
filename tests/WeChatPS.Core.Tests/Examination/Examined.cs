using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Live;
using Xunit;

namespace WeChatPS.Core.Tests.Examination;

/// <summary>Examinations as tests read them.</summary>
internal static class Examined
{
    public static readonly string[] Checks =
        ["Server", "Spelling", "Keys", "Hold", "Redirect", "Content", "Cookies", "Clock", "Connection", "State"];

    public static async Task<List<WeChatSyncFinding>> ExamineAsync(this WeChatSession session, double seconds = 30)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        List<WeChatSyncFinding> findings = [];
        await foreach (WeChatSyncFinding finding in session.ExamineSyncAsync(TimeSpan.FromSeconds(seconds), late.Token)) findings.Add(finding);
        return findings;
    }

    /// <summary>Takes the list of chats that begins every session, so that polls have nothing to announce.</summary>
    public static async Task DrainedAsync(this WeChatSession session)
    {
        using MessageStream stream = session.OpenStream(new StreamOptions { NoWait = true });
        await stream.TakeAllAsync();
    }

    public static WeChatSyncFinding Of(this IEnumerable<WeChatSyncFinding> findings, string check) =>
        Assert.Single(findings, finding => finding.Check == check);

    public static void Says(this WeChatSyncFinding finding, FindingLevel level, string found)
    {
        Assert.True(finding.Level == level && finding.Found.Contains(found, StringComparison.Ordinal), finding.ToString());
        Assert.True(level < FindingLevel.Warning || finding.Advice.Length > 0, "a finding that worries comes with advice");
    }
}
