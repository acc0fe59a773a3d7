using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>Somebody in a group: by name or id, as a member or contact, or as whoever wrote a message there.</summary>
/// <remarks>Whom a name means depends on the group, so that it is looked up when the group is known.</remarks>
public sealed class MemberRef
{
    private readonly string _name;
    private readonly string? _userName;

    /// <summary>Somebody by id, or by the name used in the group, a remark or a nickname: the whole name, no wildcards.</summary>
    public MemberRef(string idOrName) => _name = idOrName;

    /// <summary>A member of a group, who brings the group along.</summary>
    public MemberRef(WeChatGroupMember member) => (_name, _userName, GroupId) = (member.Name, member.UserName, member.GroupId);

    /// <summary>A person who may be in the group.</summary>
    public MemberRef(WeChatContact contact) => (_name, _userName) = (contact.Name, contact.UserName);

    /// <summary>Who wrote a message, which brings its group along.</summary>
    public MemberRef(WeChatMessage message)
    {
        (_name, _userName) = (message.Sender?.Name ?? message.From.Name, message.Sender?.UserName ?? message.From.UserName);
        (GroupId, Session) = (message.Group?.UserName, message.Session);
    }

    /// <summary>The group that the object was taken from; null where it does not say.</summary>
    internal string? GroupId { get; }

    /// <summary>The session of the message that this was made from.</summary>
    internal string? Session { get; }

    /// <inheritdoc/>
    public override string ToString() => DisplayText.Visible(_name);

    /// <summary>Who is meant among the members of a group.</summary>
    /// <exception cref="WeChatException">ContactNotFound or AmbiguousContact.</exception>
    internal WeChatGroupMember Resolve(WeChatContact group, IReadOnlyList<WeChatGroupMember> members)
    {
        Func<WeChatGroupMember, string>[] ranks = _userName is not null
            ? [member => member.UserName]
            : [member => member.UserName, member => member.DisplayName, member => member.RemarkName, member => member.NickName];
        foreach (Func<WeChatGroupMember, string> name in ranks)
        {
            WeChatGroupMember[] found = [.. members.Where(member => name(member) == (_userName ?? _name))];
            if (found.Length == 1)
                return found[0];
            if (found.Length > 1)
            {
                throw new WeChatException(
                    WeChatErrorReason.AmbiguousContact, $"{found.Length} members of '{group.Name}' are called '{this}'.") { Subject = _name };
            }
        }

        throw new WeChatException(WeChatErrorReason.ContactNotFound, $"There is no '{this}' in '{group.Name}'.") { Subject = _name };
    }
}
