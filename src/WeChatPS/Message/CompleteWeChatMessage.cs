using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Complete-WeChatMessage: acknowledges messages received with -NoAck.</summary>
[Cmdlet(VerbsLifecycle.Complete, "WeChatMessage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class CompleteWeChatMessage : SessionCmdlet
{
    /// <summary>Specifies the message to acknowledge.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public WeChatMessage Message { get; set; } = null!;

    private protected override Origin? InputOrigin => Message.Origin;

    private protected override Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        if (!ShouldProcess(Message.ToString(), "Acknowledge"))
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
