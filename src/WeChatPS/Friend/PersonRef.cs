using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>A person, friend or not: an id, or an object that says who is meant.</summary>
public sealed class PersonRef
{
    private readonly ContactRef _contact;

    /// <summary>Somebody by id, remark or nickname: the whole name, no wildcards.</summary>
    public PersonRef(string idOrName) => _contact = new ContactRef(idOrName);

    /// <summary>A contact.</summary>
    public PersonRef(WeChatContact contact) => _contact = new ContactRef(contact);

    /// <summary>A member of a group.</summary>
    public PersonRef(WeChatGroupMember member) => _contact = new ContactRef(member);

    /// <summary>The person on a card; of any other message, who wrote it.</summary>
    public PersonRef(WeChatMessage message)
    {
        _contact = new ContactRef(message.Content is CardContent card ? new WeChatContact(card.UserName) { NickName = card.Name, Login = message.Login } : message.From);
        Origin = message.Origin;
    }

    /// <summary>Where the message that this was made from comes from.</summary>
    internal Origin? Origin { get; }

    /// <inheritdoc/>
    public override string ToString() => _contact.ToString();

    /// <exception cref="WeChatException">ContactNotFound or AmbiguousContact.</exception>
    internal Task<WeChatContact> ResolveAsync(WeChatSession session, CancellationToken cancellationToken) =>
        _contact.ResolveAsync(session, cancellationToken);
}
