using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>The members of one group: a snapshot that is replaced, never changed.</summary>
internal sealed class GroupMembers
{
    private const int NamedMembers = 10;

    private readonly Dictionary<string, WeChatGroupMember> _byUserName;

    private GroupMembers(IEnumerable<WeChatGroupMember> members)
    {
        _byUserName = new Dictionary<string, WeChatGroupMember>(StringComparer.Ordinal);
        foreach (WeChatGroupMember member in members)
            _byUserName[member.UserName] = member;
        List = [.. _byUserName.Values];
    }

    public static GroupMembers None { get; } = new([]);

    public IReadOnlyList<WeChatGroupMember> List { get; }

    /// <summary>What a group without a name is called.</summary>
    public string Names => string.Join("、", List.Take(NamedMembers).Select(member => member.Name));

    public WeChatGroupMember? Find(string userName) => _byUserName.TryGetValue(userName, out WeChatGroupMember? member) ? member : null;

    /// <summary>The members that a newer list names; what that list leaves empty is taken from here.</summary>
    public GroupMembers Update(IEnumerable<WeChatGroupMember> newer) =>
        new(newer.Select(member => Find(member.UserName)?.With(member) ?? member));

    /// <summary>The same members, with the group's name and what is known of the people as it is now.</summary>
    public GroupMembers Named(WeChatContact group, Func<string, WeChatContact?> find) => new(List.Select(member =>
    {
        WeChatContact? contact = find(member.UserName);
        return member with
        {
            GroupUserName = group.UserName,
            Login = group.Login,
            GroupId = group.Id,
            GroupName = group.Name,
            NickName = contact?.NickName is { Length: > 0 } name ? name : member.NickName,
            RemarkName = contact?.RemarkName ?? "",
            Gender = contact?.Gender ?? member.Gender,
            Province = contact?.Province ?? member.Province,
            City = contact?.City ?? member.City,
            Signature = contact?.Signature ?? member.Signature,
        };
    }));
}
