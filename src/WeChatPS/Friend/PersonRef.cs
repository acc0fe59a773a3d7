using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>A reference to a person, friend or not: an id, or an object that identifies the person.</summary>
public sealed class PersonRef
{
    private readonly ContactRef _contact;

    /// <summary>Refers to a person by id, remark or nickname: the whole name, without wildcards.</summary>
    public PersonRef(string idOrName) => _contact = new ContactRef(idOrName);

    /// <summary>Refers to a contact.</summary>
    public PersonRef(WeChatContact contact) => _contact = new ContactRef(contact);

    /// <summary>Refers to a group member.</summary>
    public PersonRef(WeChatGroupMember member) => _contact = new ContactRef(member);

    /// <summary>Refers to the person on a name card, or to the sender of any other message.</summary>
    public PersonRef(WeChatMessage message)
    {
        _contact = new ContactRef(message.Content is CardContent card ? new WeChatContact(card.UserName) { NickName = card.Name, Login = message.Login } : message.From);
        Origin = message.Origin;
    }

    /// <summary>The origin of the message, if this refers to one.</summary>
    internal Origin? Origin { get; }

    /// <inheritdoc/>
    public override string ToString() => _contact.ToString();

    /// <exception cref="WeChatException">ContactNotFound: no contact matches. AmbiguousContact: several do.</exception>
    internal Task<WeChatContact> ResolveAsync(WeChatSession session, CancellationToken cancellationToken) =>
        _contact.ResolveAsync(session, cancellationToken);
}
