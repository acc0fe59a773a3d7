using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Set-WeChatGroup: renames groups.</summary>
[Cmdlet(VerbsCommon.Set, "WeChatGroup", SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class SetWeChatGroup : SessionCmdlet
{
    /// <summary>The group: id or name, the group itself, or a message from it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[] Group { get; set; } = [];

    /// <summary>The new name, which every member sees.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [AllowEmptyString]
    public string Name { get; set; } = "";

    /// <summary>Gives the group as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Origin? InputOrigin => Group[0].Origin;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (ContactRef wanted in Group)
            await TryAsync(() => RenameAsync(SessionOf(wanted.Origin), wanted, stop));
    }

    private async Task RenameAsync(WeChatSession session, ContactRef wanted, CancellationToken stop)
    {
        WeChatContact group = await wanted.ResolveGroupAsync(session, stop);
        if (string.IsNullOrWhiteSpace(Name))
            throw new WeChatException(WeChatErrorReason.EmptyName, $"The new name of '{group}' is empty.") { Subject = group.Name };
        if (!ShouldProcess(group.Name, $"Rename to '{DisplayText.Visible(Name)}'"))
            return;
        await session.RenameGroupAsync(group, Name, stop);
        if (PassThru)
            WriteObject(session.Now(group));
    }
}
