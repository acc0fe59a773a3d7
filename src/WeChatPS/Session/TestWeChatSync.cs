using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Test-WeChatSync: tests the connection to the server and the long poll, and reports problems with remedies. Messages stay in the inbox.</summary>
[Cmdlet(VerbsDiagnostic.Test, "WeChatSync", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(WeChatSyncFinding), typeof(bool))]
public sealed class TestWeChatSync : SessionCmdlet
{
    private const string SessionSet = "Session";
    private const string EndpointSet = "Endpoint";
    private const string Activity = "Test-WeChatSync";

    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true, ParameterSetName = SessionSet)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public override SessionRef? Session { get; set; }

    /// <summary>Specifies a server to test without a session.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EndpointSet)]
    public Uri? Endpoint { get; set; }

    /// <summary>Specifies the time limit for observing polls, in seconds. A server holds a poll for about 25 seconds.</summary>
    [Parameter(Position = 0, ParameterSetName = SessionSet)]
    [ValidateRange(0.1, 3_600.0)]
    public double TimeoutSec { get; set; } = 40;

    /// <summary>Indicates that the cmdlet returns only true or false: true without a problem.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken stop)
    {
        if (Endpoint is null)
            return base.ProcessAsync(stop);
        ShowProgress(Activity, $"Testing {DisplayText.Visible(Endpoint.OriginalString, 80)}");
        return WriteAsync(EndpointExamination.RunAsync(Endpoint, stop), null);
    }

    private protected override Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        ShowProgress(Activity, $"Testing the servers of '{session.Name}'");
        return WriteAsync(
            session.ExamineSyncAsync(TimeSpan.FromSeconds(TimeoutSec), stop), $"Observing a poll of '{session.Name}' for up to {TimeoutSec:0.#} s");
    }

    private async Task WriteAsync(IAsyncEnumerable<WeChatSyncFinding> findings, string? progress)
    {
        bool isWell = true;
        await foreach (WeChatSyncFinding finding in findings)
        {
            isWell &= finding.Level < FindingLevel.Problem;
            WriteVerbose(finding.ToString());
            if (!Quiet)
                WriteObject(finding);
            if (progress is not null)
                ShowProgress(Activity, progress);
        }

        EndProgress(Activity);
        if (Quiet)
            WriteObject(isWell);
    }
}
