using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Revoke-WeChatMessage: recalls sent messages, within two minutes.</summary>
[Cmdlet(VerbsSecurity.Revoke, "WeChatMessage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class RevokeWeChatMessage : SessionCmdlet
{
    /// <summary>Specifies the receipts of the messages, from Send-WeChatMessage or Send-WeChatFile.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public WeChatReceipt[] Receipt { get; set; } = [];

    private protected override Origin? InputOrigin => Receipt[0].Origin;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (WeChatReceipt receipt in Receipt)
        {
            if (!ShouldProcess(receipt.ToString(), "Recall"))
                continue;
            await TryAsync(async () =>
            {
                await SessionOf(receipt.Origin).RevokeAsync(receipt, stop);
                WriteVerbose($"Recalled the message {receipt}.");
            });
        }
    }
}
