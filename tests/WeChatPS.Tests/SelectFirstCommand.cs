using System;
using System.Management.Automation;

namespace WeChatPS.Tests;

/// <summary>Ends the pipeline as <c>Select-Object -First</c> does; the engine package alone has no Select-Object.</summary>
[Cmdlet(VerbsCommon.Select, "First")]
internal sealed class SelectFirstCommand : PSCmdlet
{
    private static readonly Type s_stopUpstream =
        typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;

    private int _seen;

    [Parameter(Position = 0)]
    public int Count { get; set; } = 1;

    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        if (++_seen == Count)
            throw (Exception)Activator.CreateInstance(s_stopUpstream, this)!;
    }
}
