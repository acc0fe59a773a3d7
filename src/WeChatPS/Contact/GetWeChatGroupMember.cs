using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Get-WeChatGroupMember: who is in a group.</summary>
[Cmdlet(VerbsCommon.Get, "WeChatGroupMember")]
[OutputType(typeof(WeChatGroupMember))]
public sealed class GetWeChatGroupMember : SessionCmdlet
{
    /// <summary>The group: id or name, the group itself, or a message from it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[] Group { get; set; } = [];

    /// <summary>Names to look for.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Asks the server again.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    private protected override string? InputSession => Group[0].Session;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        WildcardPattern[] patterns = [.. Name.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
        foreach (ContactRef wanted in Group)
        {
            WeChatSession own = SessionOf(wanted.Session);
            WeChatContact group;
            try
            {
                group = await wanted.ResolveGroupAsync(own, stop);
            }
            catch (WeChatException failure) when (failure.Reason is WeChatErrorReason.ContactNotFound or WeChatErrorReason.AmbiguousContact)
            {
                WriteError(failure);
                continue;
            }

            foreach (WeChatGroupMember member in await own.GetMembersAsync(group, Refresh, stop))
            {
                string[] names = [member.Name, member.NickName, member.RemarkName];
                if (patterns.Any(pattern => names.Any(pattern.IsMatch)))
                    WriteObject(member);
            }
        }
    }
}
