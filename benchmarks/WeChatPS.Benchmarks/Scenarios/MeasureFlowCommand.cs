using System.Management.Automation;

namespace WeChatPS.Benchmarks;

/// <summary>Measure-Flow: the end of a pipeline that does nothing with messages but count them.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Flow")]
public sealed class MeasureFlowCommand : PSCmdlet
{
    private int _count;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public WeChatMessage Message { get; set; } = null!;

    protected override void ProcessRecord() => _count++;

    protected override void EndProcessing() => WriteObject(_count);
}
