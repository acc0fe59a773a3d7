using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Wait-WeChatSync: waits for one long poll. Messages stay in the inbox. To get them, run Receive-WeChatMessage.</summary>
[Cmdlet(VerbsLifecycle.Wait, "WeChatSync")]
[OutputType(typeof(WeChatSyncResult))]
public sealed class WaitWeChatSync : SessionCmdlet
{
    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public override SessionRef? Session { get; set; }

    /// <summary>Specifies the time limit, in seconds. By default, the wait lasts as long as the server holds the poll.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0.001, 3_600.0)]
    public double? TimeoutSec { get; set; }

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        WriteVerbose($"Waiting for '{session.Name}'.");
        WeChatSyncResult result = await session.WaitSyncAsync(TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null, stop);
        WriteObject(result);
    }
}
