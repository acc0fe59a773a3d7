using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Set-WeChatGroup: sets the name of groups.</summary>
[Cmdlet(VerbsCommon.Set, "WeChatGroup", DefaultParameterSetName = GroupSet, SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class SetWeChatGroup : SessionCmdlet
{
    private const string GroupSet = "Group";
    private const string PipedSet = "Piped";

    /// <summary>Specifies the groups: ids, names, group objects or messages from the groups. With a piped group, specifies the new name.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = GroupSet)]
    [Parameter(Position = 0, ParameterSetName = PipedSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[] Group { get; set; } = [];

    /// <summary>Specifies the new name. All members see it.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = GroupSet)]
    [Parameter(ParameterSetName = PipedSet)]
    [AllowEmptyString]
    public string Name { get; set; } = "";

    /// <summary>Specifies the group: an id, name, group object or message from the group.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipedSet)]
    public ContactRef InputObject { get; set; } = null!;

    /// <summary>Indicates that the cmdlet returns the changed group.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Origin? InputOrigin => ParameterSetName == PipedSet ? InputObject.Origin : Group[0].Origin;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        // In $group | Set-WeChatGroup name, the position is -Group, but the argument is the name.
        (ContactRef[] groups, string name) = ParameterSetName == GroupSet ? (Group, Name) : Group switch
        {
            [] => ([InputObject], Name),
            [{ Typed: { } typed }] when Name.Length == 0 => ([InputObject], typed),
            _ => throw new WeChatException(
                WeChatErrorReason.InvalidRequest, "With a piped group, specify only the new name.") { Subject = Group[0].ToString() },
        };
        foreach (ContactRef wanted in groups)
            await TryAsync(() => RenameAsync(SessionOf(wanted.Origin), wanted, name, stop));
    }

    private async Task RenameAsync(WeChatSession session, ContactRef wanted, string name, CancellationToken stop)
    {
        WeChatContact group = await wanted.ResolveGroupAsync(session, stop);
        if (string.IsNullOrWhiteSpace(name))
            throw new WeChatException(WeChatErrorReason.EmptyName, $"The new name of '{group}' is empty.") { Subject = group.Name };
        if (!ShouldProcess(group.Name, $"Rename to '{DisplayText.Visible(name)}'"))
            return;
        await session.RenameGroupAsync(group, name, stop);
        if (PassThru)
            WriteObject(session.Current(group));
    }
}
