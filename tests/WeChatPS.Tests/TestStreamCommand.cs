using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Tests;

/// <summary>Writes more numbers than anybody wants; tells when its body has been left.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Stream")]
internal sealed class TestStreamCommand : AsyncCmdlet
{
    private const int Most = 1_000_000;

    [Parameter(Mandatory = true)]
    public StreamProbe Probe { get; set; } = null!;

    protected override async Task ProcessAsync(CancellationToken stop)
    {
        try
        {
            for (int number = 1; number <= Most; number++)
            {
                await Task.Yield();
                stop.ThrowIfCancellationRequested();
                Probe.Last = number;
                try
                {
                    WriteObject(number);
                }
                catch (PipelineStoppedException)
                {
                    Probe.WasEnough = PipelineEnd.WasEnough(this);
                    throw;
                }
            }
        }
        finally
        {
            Probe.Left.Set();
        }
    }

    protected override void Dispose(bool disposing)
    {
        Probe?.Disposed.Set();
        base.Dispose(disposing);
    }
}

internal sealed class StreamProbe
{
    public int Last { get; set; }

    public bool? WasEnough { get; set; }

    public ManualResetEventSlim Gate { get; } = new();

    public ManualResetEventSlim Left { get; } = new();

    public ManualResetEventSlim Disposed { get; } = new();
}
