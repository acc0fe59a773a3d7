using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Test-WeChatSync: examines the way to the server and the long poll, and says what is wrong and what to do. It consumes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "WeChatSync")]
[OutputType(typeof(WeChatSyncFinding), typeof(bool))]
public sealed class TestWeChatSync : SessionCmdlet
{
    private const string Activity = "Test-WeChatSync";

    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public override SessionRef? Session { get; set; }

    /// <summary>How long to watch polls at most, in seconds. A server holds one for about 25.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0.1, 3_600.0)]
    public double TimeoutSec { get; set; } = 40;

    /// <summary>Says only whether all is well: true when nothing that was found is a problem.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        bool isWell = true;
        ShowProgress(Activity, $"Asking the servers of '{session.Name}'");
        await foreach (WeChatSyncFinding finding in session.ExamineSyncAsync(TimeSpan.FromSeconds(TimeoutSec), stop))
        {
            isWell &= finding.Level < FindingLevel.Problem;
            WriteVerbose(finding.ToString());
            if (!Quiet)
                WriteObject(finding);
            ShowProgress(Activity, $"Watching a poll of '{session.Name}', at most {TimeoutSec:0.#} s");
        }

        EndProgress(Activity);
        if (Quiet)
            WriteObject(isWell);
    }
}
