using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>What <c>-To</c>, <c>-From</c> and <c>-Group</c> take: an id, remark or nickname, or an object that says who is meant.</summary>
/// <remarks>Making one asks nobody; the name is looked up when the cmdlet runs, so that -ErrorAction applies.</remarks>
public sealed class ContactRef
{
    private readonly string _name;

    /// <summary>Somebody by id, remark or nickname: the whole name, no wildcards.</summary>
    public ContactRef(string idOrName)
    {
        _name = idOrName;
        IsName = true;
    }

    /// <summary>A contact or group.</summary>
    public ContactRef(WeChatContact contact)
    {
        _name = contact.Name;
        Contact = contact;
    }

    /// <summary>A member of a group, as a person rather than the group.</summary>
    public ContactRef(WeChatGroupMember member) => _name = member.UserName;

    /// <summary>Where an answer to a message goes: its group, or else the other person.</summary>
    public ContactRef(WeChatMessage message)
        : this(message.Group ?? (message.IsFromSelf ? message.To : message.From))
    {
    }

    /// <summary>Whether this is only a name that somebody typed.</summary>
    internal bool IsName { get; }

    private WeChatContact? Contact { get; }

    /// <inheritdoc/>
    public override string ToString() => DisplayText.Visible(_name);

    /// <exception cref="WeChatException">ContactNotFound or AmbiguousContact.</exception>
    internal Task<WeChatContact> ResolveAsync(WeChatSession session, CancellationToken cancellationToken) =>
        Contact is null ? session.ResolveAsync(_name, cancellationToken) : Task.FromResult(Contact);
}
