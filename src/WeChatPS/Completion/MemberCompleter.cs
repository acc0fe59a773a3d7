using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace WeChatPS;

/// <summary>Completes the names of loaded members of the group in -Group, or of the recipient group.</summary>
public sealed class MemberCompleter : ContactCompleter
{
    // These parameters specify the group.
    private static readonly string[] s_groups = [nameof(RemoveWeChatGroupMember.Group), nameof(SendWeChatMessage.To), nameof(SendWeChatMessage.InputObject)];

    private protected override IEnumerable<Candidate> Candidates(IDictionary bound)
    {
        if (Session(bound) is not { } session || Group(session, bound) is not { } group)
            return [];
        IReadOnlyList<WeChatGroupMember> members = session.Contacts.Members(group.UserName) ?? [];

        // The remark of one member may be the group nickname of another, so such a name is ambiguous.
        var bearers = members.SelectMany(Names).GroupBy(name => name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Count());
        return members.Where(one => one.UserName != session.Contacts.Self?.UserName).Select(one => new Candidate(
            bearers.TryGetValue(one.Name, out int count) && count == 1 && IsTypable(one.Name) ? one.Name : one.UserName,
            string.Join(" · ", Names(one))));
    }

    private static IEnumerable<string> Names(WeChatGroupMember member) =>
        new[] { member.Name, member.DisplayName, member.RemarkName, member.NickName }.Where(text => text.Length > 0).Distinct();

    private static WeChatContact? Group(WeChatSession session, IDictionary bound)
    {
        object? named = s_groups.Select(parameter => bound[parameter]).FirstOrDefault(value => value is not null);
        if (named is object[] { Length: > 0 } several) named = several[0];
        return (named is PSObject wrapped ? wrapped.BaseObject : named) switch
        {
            WeChatContact group => group,
            WeChatMessage message => message.Group,
            string name => session.Contacts.Resolve(name).Contact,
            _ => null,
        };
    }
}
