using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>A reference to a group member: a name or id, a member, a contact, or the sender of a message.</summary>
/// <remarks>A name depends on the group, so the cmdlet looks it up when the group is known. An object matches by id, never by name.</remarks>
public sealed class MemberRef
{
    private static readonly Func<WeChatGroupMember, string>[] s_names =
        [member => member.DisplayName, member => member.RemarkName, member => member.NickName];

    private readonly string _name;
    private readonly WeChatContact? _person;

    /// <summary>Refers to a member by id, group nickname, remark or nickname: the whole name, without wildcards.</summary>
    public MemberRef(string idOrName) => _name = idOrName;

    /// <summary>Refers to a member together with the group.</summary>
    public MemberRef(WeChatGroupMember member) =>
        (_name, _person, Group) = (member.Name, member.ToStranger(), new ContactRef(member.ToGroup()));

    /// <summary>Refers to a person, who may be in the group.</summary>
    public MemberRef(WeChatContact contact) => (_name, _person) = (contact.Name, contact);

    /// <summary>Refers to the sender of a message, together with its group.</summary>
    public MemberRef(WeChatMessage message)
    {
        (_name, _person) = (message.Sender?.Name ?? message.From.Name, message.From);
        (Group, Origin) = (message.Group is { } group ? new ContactRef(group) : null, message.Origin);
    }

    /// <summary>The group, if this refers to a group instead of a member; otherwise null.</summary>
    internal ContactRef? ItselfGroup => _person is { IsGroup: true } ? new ContactRef(_person) : null;

    /// <summary>The group of the object; null when unknown.</summary>
    internal ContactRef? Group { get; }

    /// <summary>The origin of the message, if this refers to one.</summary>
    internal Origin? Origin { get; }

    /// <inheritdoc/>
    public override string ToString() => DisplayText.Visible(_name);

    /// <summary>Finds the member in a group.</summary>
    /// <exception cref="WeChatException">ContactNotFound: no member matches. AmbiguousContact: several do.</exception>
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

        throw new WeChatException(WeChatErrorReason.ContactNotFound, $"There is no member '{this}' in '{group.Name}'.") { Subject = _name };
    }

    private WeChatGroupMember? Called(
        string wanted, Func<WeChatGroupMember, string> name, WeChatContact group, IReadOnlyList<WeChatGroupMember> members)
    {
        WeChatGroupMember[] found = [.. members.Where(member => name(member) == wanted)];
        return found.Length <= 1 ? found.FirstOrDefault() : throw new WeChatException(
            WeChatErrorReason.AmbiguousContact, $"{found.Length} members of '{group.Name}' have the name '{this}'.") { Subject = _name };
    }
}
