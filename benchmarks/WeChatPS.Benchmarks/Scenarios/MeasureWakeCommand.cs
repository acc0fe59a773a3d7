using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace WeChatPS.Benchmarks;

/// <summary>Measure-Wake: how long ago, in milliseconds, the server took the message whose text is the clock of that moment.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Wake")]
public sealed class MeasureWakeCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public WeChatMessage Message { get; set; } = null!;

    protected override void ProcessRecord()
    {
        long now = Stopwatch.GetTimestamp();
        WriteObject(Stopwatch.GetElapsedTime(long.Parse(Message.Text, CultureInfo.InvariantCulture), now).TotalMilliseconds);
    }
}
