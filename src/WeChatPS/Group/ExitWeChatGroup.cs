using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Exit-WeChatGroup: exits groups.</summary>
[Cmdlet(VerbsCommon.Exit, "WeChatGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(WeChatContact))]
public sealed class ExitWeChatGroup : SessionCmdlet
{
    /// <summary>Specifies the groups: ids, names, group objects or messages from the groups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[] Group { get; set; } = [];

    /// <summary>Indicates that the cmdlet returns the group.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Origin? InputOrigin => Group[0].Origin;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (ContactRef wanted in Group)
            await TryAsync(() => LeaveAsync(SessionOf(wanted.Origin), wanted, stop));
    }

    private async Task LeaveAsync(WeChatSession session, ContactRef wanted, CancellationToken stop)
    {
        WeChatContact group = await wanted.ResolveGroupAsync(session, stop);
        if (!ShouldProcess(group.Name, "Leave the group"))
            return;
        await session.LeaveGroupAsync(group, stop);
        if (PassThru)
            WriteObject(group);
    }
}
