using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>The members of one group, an immutable snapshot.</summary>
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

    /// <summary>The display name of a group without a name.</summary>
    public string Names => string.Join("、", List.Take(NamedMembers).Select(member => member.Name));

    public WeChatGroupMember? Find(string userName) => _byUserName.TryGetValue(userName, out WeChatGroupMember? member) ? member : null;

    /// <summary>Gets the members of a newer list. Empty values in it are taken from this list.</summary>
    public GroupMembers Update(IEnumerable<WeChatGroupMember> newer) =>
        new(newer.Select(member => Find(member.UserName)?.With(member) ?? member));

    /// <summary>Gets the members with the current data of the group and the contacts.</summary>
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
