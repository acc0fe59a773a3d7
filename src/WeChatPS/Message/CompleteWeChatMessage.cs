using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Complete-WeChatMessage: takes a message out of the inbox that Receive-WeChatMessage -NoAck left there.</summary>
[Cmdlet(VerbsLifecycle.Complete, "WeChatMessage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class CompleteWeChatMessage : SessionCmdlet
{
    /// <summary>The message that has been dealt with.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public WeChatMessage Message { get; set; } = null!;

    private protected override Origin? InputOrigin => Message.Origin;

    private protected override Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        if (!ShouldProcess(Message.ToString(), "Complete"))
            return Task.CompletedTask;
        try
        {
            session.Complete(Message);
        }
        catch (WeChatException failure) when (failure.Reason == WeChatErrorReason.MessageNotFound)
        {
            WriteError(failure);
        }

        return Task.CompletedTask;
    }
}
