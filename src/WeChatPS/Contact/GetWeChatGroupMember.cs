using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

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
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Asks for gender, place and signature of those who are no contacts, fifty with a request.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Asks the server again.</summary>
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
