using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>A value for <c>-To</c>, <c>-From</c> and <c>-Group</c>: an id, remark or nickname, or an object that identifies a contact.</summary>
/// <remarks>An object matches by id, also after another login, and never by name. The cmdlet looks up a name when it runs, so -ErrorAction applies.</remarks>
public sealed class ContactRef
{
    private readonly string _name;
    private readonly WeChatContact? _contact;

    /// <summary>Refers to a contact by id, remark or nickname: the whole name, without wildcards.</summary>
    public ContactRef(string idOrName) => _name = idOrName;

    /// <summary>Refers to a contact or group.</summary>
    public ContactRef(WeChatContact contact) => (_name, _contact) = (contact.Name, contact);

    /// <summary>Refers to a group member: the person, not the group.</summary>
    public ContactRef(WeChatGroupMember member)
        : this(member.ToStranger()) => Member = member;

    /// <summary>Refers to the recipient of a reply to a message: its group, or the other person.</summary>
    public ContactRef(WeChatMessage message)
        : this(message.Conversation) => Origin = message.Origin;

    /// <summary>Whether this is an id or name, not an object.</summary>
    internal bool IsName => _contact is null;

    /// <summary>The id or name as the user typed it; null for an object.</summary>
    internal string? Typed => IsName ? _name : null;

    /// <summary>Converts this to a reference to a group member.</summary>
    internal MemberRef ToMember() => Member is not null ? new MemberRef(Member) : _contact is not null ? new MemberRef(_contact) : new MemberRef(_name);

    /// <summary>The group member, if this refers to one.</summary>
    internal WeChatGroupMember? Member { get; }

    /// <summary>The origin of the message, if this refers to one.</summary>
    internal Origin? Origin { get; }

    /// <inheritdoc/>
    public override string ToString() => DisplayText.Visible(_name);

    /// <exception cref="WeChatException">ContactNotFound: no contact matches. AmbiguousContact: several do.</exception>
    internal async Task<WeChatContact> ResolveAsync(WeChatSession session, CancellationToken cancellationToken)
    {
        return _contact is null
            ? await session.ResolveAsync(_name, cancellationToken)
            : await session.ResolveAsync(_contact, cancellationToken);
    }

    /// <exception cref="WeChatException">ContactNotFound: no contact matches, or it is not a group. AmbiguousContact: several match.</exception>
    internal async Task<WeChatContact> ResolveGroupAsync(WeChatSession session, CancellationToken cancellationToken)
    {
        WeChatContact contact = await ResolveAsync(session, cancellationToken);
        ThrowUnlessGroup(contact);
        return contact;
    }

    /// <exception cref="WeChatException">ContactNotFound: the contact is not a group.</exception>
    internal static void ThrowUnlessGroup(WeChatContact contact)
    {
        if (!contact.IsGroup)
            throw new WeChatException(WeChatErrorReason.ContactNotFound, $"'{contact}' is not a group. To list the groups, run Get-WeChatContact -Kind Group.") { Subject = contact.Name };
    }
}
