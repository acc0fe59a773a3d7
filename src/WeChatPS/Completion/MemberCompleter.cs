using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace WeChatPS;

/// <summary>Completes members of the group that -Group names, from what the session has already loaded.</summary>
public sealed class MemberCompleter : ContactCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound)
    {
        if (Session(bound) is not { } session || Group(session, bound) is not { } group)
            return [];
        IReadOnlyList<WeChatGroupMember> members = session.Contacts.Members(group.UserName) ?? [];
        var counts = members.GroupBy(one => one.Name).ToDictionary(same => same.Key, same => same.Count());
        return members.Where(one => one.UserName != session.Contacts.Self?.UserName).Select(one => new Candidate(
            counts[one.Name] == 1 && IsTypable(one.Name) ? one.Name : one.UserName,
            string.Join(" · ", new[] { one.Name, one.RemarkName, one.NickName }.Where(text => text.Length > 0).Distinct())));
    }

    private static WeChatContact? Group(WeChatSession session, IDictionary bound)
    {
        object? named = bound["Group"] is object[] { Length: > 0 } several ? several[0] : bound["Group"];
        return (named is PSObject wrapped ? wrapped.BaseObject : named) switch
        {
            WeChatContact group => group,
            string name => session.Contacts.Resolve(name).Contact,
            _ => null,
        };
    }
}
