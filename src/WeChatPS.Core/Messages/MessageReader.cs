using System;
using System.Runtime.InteropServices;
using WeChatPS.Sessions;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads messages from the server's items. An unreadable item becomes a message of the kind <see cref="MessageKind.Unparsed"/>.</summary>
internal sealed class MessageReader(ContactBook book, Origin origin)
{
    private readonly RecentMessages _recent = new();

    /// <param name="raw">One item of a fetch.</param>
    /// <param name="sequence">The message's number in the inbox.</param>
    /// <param name="deliveryCount">The number of deliveries, including this one.</param>
    /// <param name="login">The login that fetched the message, in which its user names are valid.</param>
    public WeChatMessage Read(ReadOnlyMemory<byte> raw, long sequence, int deliveryCount, ulong login = 0)
    {
        WireMessage wire = WireMessage.Read(Own(raw));
        Parties parties = ContactKinds.IsGroup(wire.From) ? InGroup(wire, login) : Direct(wire, login);
        MessageKind kind = KindOf(wire);
        bool isBetweenOthers = IsBetweenOthers(wire, login);
        wire.IsFromSelf = parties.IsFromSelf;
        (bool Me, bool All) mentions = parties.Sender is null || parties.IsFromSelf ? default : Mentions(wire, kind);
        var message = new WeChatMessage(wire, parties.From, parties.To)
        {
            Time = WireTime.FromSeconds(wire.CreateTime),
            Kind = kind,
            Sender = parties.Sender,
            Group = parties.Group,
            IsFromSelf = parties.IsFromSelf,
            MentionsMe = mentions.Me,
            MentionsAll = mentions.All,
            DeliveryCount = deliveryCount,
            Origin = origin,
            Sequence = sequence,
            Login = login,
            IsOfEarlierLogin = login != book.Login,
            IsFromFormerStranger = login != book.Login && parties.From.Login == login && book.WasStranger(parties.From.UserName, login),
            IsBetweenOthers = isBetweenOthers,
            Recalled = kind == MessageKind.Recall && wire.Notice.Content is RecallContent recall ? _recent.Find(recall.MessageId) : null,
        };
        if (!isBetweenOthers) _recent.Add(message);
        return message;
    }

    // User names of an earlier login may be unknown, the account's own too.
    private bool IsBetweenOthers(WireMessage wire, ulong login) =>
        wire.IsReadable && login == book.Login && IsAnother(wire.From) && IsAnother(wire.To);

    private bool IsAnother(string userName) => userName.Length > 0 && book.Self is { } self && !book.IsSelf(userName) && userName != self.Id
        && ContactKinds.Of(userName, ContactFlags.None, VerifyFlags.None) is not (ContactKind.Group or ContactKind.Special);

    /// <summary>A group message of another person comes from the group and names its author in the text. Notices have no author.</summary>
    private Parties InGroup(WireMessage wire, ulong login)
    {
        WeChatContact group = Party(wire.From, login);
        if (!wire.IsReadable || !SenderPrefix.TryRead(wire, out string author))
            return new Parties(group, Party(wire.To, login), group, null, false);
        WeChatGroupMember sender = book.FindMember(wire.From, author)
            ?? new WeChatGroupMember(author)
            {
                NickName = book.EarlierNameOf(author), GroupUserName = group.UserName, GroupId = group.Id, GroupName = group.Name, Login = login,
            };
        bool isFromSelf = book.IsSelf(author);
        return new Parties(
            book.Find(author) ?? sender.ToStranger(), isFromSelf ? group : Party(wire.To, login), group, sender, isFromSelf);
    }

    /// <summary>A private message, or a message that this account sent from another device.</summary>
    private Parties Direct(WireMessage wire, ulong login)
    {
        WeChatContact? self = book.Self;
        bool isFromSelf = wire.IsReadable && (wire.From.Length == 0 || book.IsSelf(wire.From));
        WeChatContact from = isFromSelf && self is not null ? self : Party(wire.From, login);
        WeChatContact to = Party(wire.To, login);
        return to.IsGroup
            ? new Parties(from, to, to, book.FindMember(to.UserName, from.UserName), isFromSelf)
            : new Parties(from, to, null, null, isFromSelf);
    }

    private WeChatContact Party(string userName, ulong login) => book.Find(userName) ?? new WeChatContact(userName) { Login = login };

    private MessageKind KindOf(WireMessage wire)
    {
        MessageKind kind = wire.IsReadable ? MessageKinds.Of(wire) : MessageKind.Unparsed;

        // The account's own friend requests from the phone also arrive, and need no reply.
        bool isOwnRequest = kind == MessageKind.FriendRequest && book.IsSelf(wire.Recommended("UserName"u8));
        return isOwnRequest ? MessageKind.Status : kind;
    }

    private (bool Me, bool All) Mentions(WireMessage wire, MessageKind kind)
    {
        if (kind is not (MessageKind.Text or MessageKind.Quote) || wire.Content.IndexOf('@', wire.PrefixLength) < 0)
            return default;
        string text = MessageText.Of(kind, wire);
        string nameInGroup = book.FindMember(wire.From, wire.To)?.DisplayName ?? "";
        return (Mention.IsIn(text, nameInGroup) || Mention.IsIn(text, book.Self?.NickName ?? ""), Mention.IsAllIn(text));
    }

    // A copy, so that a message in a script's variable does not keep the whole response in memory.
    private static ReadOnlyMemory<byte> Own(ReadOnlyMemory<byte> raw) =>
        MemoryMarshal.TryGetArray(raw, out ArraySegment<byte> segment) && segment.Array!.Length == raw.Length ? raw : raw.ToArray();

    private readonly record struct Parties(
        WeChatContact From, WeChatContact To, WeChatContact? Group, WeChatGroupMember? Sender, bool IsFromSelf);
}
