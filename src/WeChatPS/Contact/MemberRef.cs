using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Somebody in a group: by name or id, as a member or contact, or as whoever wrote a message there.</summary>
/// <remarks>Whom a name means depends on the group, so that it is looked up when the group is known. An object means an id, never a name.</remarks>
public sealed class MemberRef
{
    private static readonly Func<WeChatGroupMember, string>[] s_names =
        [member => member.DisplayName, member => member.RemarkName, member => member.NickName];

    private readonly string _name;
    private readonly WeChatContact? _person;

    /// <summary>Somebody by id, or by the name used in the group, a remark or a nickname: the whole name, no wildcards.</summary>
    public MemberRef(string idOrName) => _name = idOrName;

    /// <summary>A member of a group, who brings the group along.</summary>
    public MemberRef(WeChatGroupMember member) =>
        (_name, _person, Group) = (member.Name, member.ToStranger(), new ContactRef(member.ToGroup()));

    /// <summary>A person who may be in the group.</summary>
    public MemberRef(WeChatContact contact) => (_name, _person) = (contact.Name, contact);

    /// <summary>Who wrote a message, which brings its group along.</summary>
    public MemberRef(WeChatMessage message)
    {
        (_name, _person) = (message.Sender?.Name ?? message.From.Name, message.From);
        (Group, Origin) = (message.Group is { } group ? new ContactRef(group) : null, message.Origin);
    }

    /// <summary>The group that this is, and no member of one; null for anybody else.</summary>
    internal ContactRef? ItselfGroup => _person is { IsGroup: true } ? new ContactRef(_person) : null;

    /// <summary>The group that the object was taken from; null where it does not say.</summary>
    internal ContactRef? Group { get; }

    /// <summary>Where the message that this was made from comes from.</summary>
    internal Origin? Origin { get; }

    /// <inheritdoc/>
    public override string ToString() => DisplayText.Visible(_name);

    /// <summary>Who is meant among the members of a group.</summary>
    /// <exception cref="WeChatException">ContactNotFound or AmbiguousContact.</exception>
    internal async Task<WeChatGroupMember> ResolveAsync(
        WeChatSession session, WeChatContact group, IReadOnlyList<WeChatGroupMember> members, CancellationToken cancellationToken)
    {
        WeChatContact? person = _person is not null
            ? await session.ResolveAsync(_person, cancellationToken)
            : await session.FindByIdAsync(_name, cancellationToken);
        if (Called(person?.UserName ?? _name, member => member.UserName, group, members) is { } known)
            return known;
        foreach (Func<WeChatGroupMember, string> name in person is null && !ContactKinds.LooksLikeId(_name) ? s_names : [])
        {
            if (Called(_name, name, group, members) is { } named)
                return named;
        }

        throw new WeChatException(WeChatErrorReason.ContactNotFound, $"There is no '{this}' in '{group.Name}'.") { Subject = _name };
    }

    private WeChatGroupMember? Called(
        string wanted, Func<WeChatGroupMember, string> name, WeChatContact group, IReadOnlyList<WeChatGroupMember> members)
    {
        WeChatGroupMember[] found = [.. members.Where(member => name(member) == wanted)];
        return found.Length <= 1 ? found.FirstOrDefault() : throw new WeChatException(
            WeChatErrorReason.AmbiguousContact, $"{found.Length} members of '{group.Name}' are called '{this}'.") { Subject = _name };
    }
}
