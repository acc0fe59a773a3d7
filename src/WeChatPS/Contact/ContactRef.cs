using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>What <c>-To</c>, <c>-From</c> and <c>-Group</c> take: an id, remark or nickname, or an object that says who is meant.</summary>
/// <remarks>An object means an id, also after another login: whoever is only called like it is not meant. Making one asks nobody; a name is looked up when the cmdlet runs, so that -ErrorAction applies.</remarks>
public sealed class ContactRef
{
    private readonly string _name;
    private readonly WeChatContact? _contact;

    /// <summary>Somebody by id, remark or nickname: the whole name, no wildcards.</summary>
    public ContactRef(string idOrName) => _name = idOrName;

    /// <summary>A contact or group.</summary>
    public ContactRef(WeChatContact contact) => (_name, _contact) = (contact.Name, contact);

    /// <summary>A member of a group: the person, not the group.</summary>
    public ContactRef(WeChatGroupMember member)
        : this(member.ToStranger()) => Member = member;

    /// <summary>Where an answer to a message goes: its group, or else the other person.</summary>
    public ContactRef(WeChatMessage message)
        : this(message.Conversation) => Origin = message.Origin;

    /// <summary>Whether this is only a name that somebody typed.</summary>
    internal bool IsName => _contact is null;

    /// <summary>The name that somebody typed, as it was typed; null for an object.</summary>
    internal string? Typed => IsName ? _name : null;

    /// <summary>This as somebody in a group.</summary>
    internal MemberRef ToMember() => Member is not null ? new MemberRef(Member) : _contact is not null ? new MemberRef(_contact) : new MemberRef(_name);

    /// <summary>The member of a group that this was made from.</summary>
    internal WeChatGroupMember? Member { get; }

    /// <summary>Where the message that this was made from comes from.</summary>
    internal Origin? Origin { get; }

    /// <inheritdoc/>
    public override string ToString() => DisplayText.Visible(_name);

    /// <exception cref="WeChatException">ContactNotFound or AmbiguousContact.</exception>
    internal async Task<WeChatContact> ResolveAsync(WeChatSession session, CancellationToken cancellationToken)
    {
        return _contact is null
            ? await session.ResolveAsync(_name, cancellationToken)
            : await session.ResolveAsync(_contact, cancellationToken);
    }

    /// <exception cref="WeChatException">ContactNotFound, also for somebody who is no group; or AmbiguousContact.</exception>
    internal async Task<WeChatContact> ResolveGroupAsync(WeChatSession session, CancellationToken cancellationToken)
    {
        WeChatContact contact = await ResolveAsync(session, cancellationToken);
        ThrowUnlessGroup(contact);
        return contact;
    }

    /// <exception cref="WeChatException">ContactNotFound.</exception>
    internal static void ThrowUnlessGroup(WeChatContact contact)
    {
        if (!contact.IsGroup)
            throw new WeChatException(WeChatErrorReason.ContactNotFound, $"'{contact}' is not a group.") { Subject = contact.Name };
    }
}
