using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Get-WeChatGroupMember: gets the members of groups.</summary>
[Cmdlet(VerbsCommon.Get, "WeChatGroupMember")]
[OutputType(typeof(WeChatGroupMember))]
public sealed class GetWeChatGroupMember : SessionCmdlet
{
    /// <summary>Specifies the groups: ids, names, group objects or messages from the groups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[] Group { get; set; } = [];

    /// <summary>Specifies the names of the members.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Indicates that the cmdlet also requests the gender, region and signature of members who are not contacts, fifty members per request.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Indicates that the cmdlet reloads the members from the server.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    private protected override Origin? InputOrigin => Group[0].Origin;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        NamePattern[] patterns = [.. Name.Select(name => new NamePattern(name))];
        foreach (ContactRef wanted in Group)
        {
            WeChatSession own = SessionOf(wanted.Origin);
            await TryAsync(async () =>
            {
                WeChatContact group = await wanted.ResolveGroupAsync(own, stop);
                IReadOnlyList<WeChatGroupMember> all = await own.GetMembersAsync(group, Refresh, stop);
                WeChatGroupMember[] found = [.. all.Where(member => patterns.Any(pattern => IsCalled(member, pattern)))];
                foreach (WeChatGroupMember member in Detailed ? await own.DetailAsync(group, found, Refresh, stop) : found)
                    WriteObject(member);
            });
        }
    }

    private static bool IsCalled(WeChatGroupMember member, NamePattern pattern) =>
        pattern.Matches(member.Name, member.NickName, member.RemarkName, member.UserName);
}
