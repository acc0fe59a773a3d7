using System;
using System.Runtime.InteropServices;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Makes messages of what the server sent. Never fails: what is no message comes as <see cref="MessageKind.Unparsed"/>.</summary>
internal sealed class MessageReader(ContactBook book, string sessionName)
{
    private readonly RecentMessages _recent = new();

    /// <param name="raw">One item of a fetch.</param>
    /// <param name="sequence">Where it stands in the inbox.</param>
    /// <param name="deliveryCount">How often it has been handed out, this time included.</param>
    public WeChatMessage Read(ReadOnlyMemory<byte> raw, long sequence, int deliveryCount)
    {
        WireMessage wire = WireMessage.Read(Own(raw));
        Parties parties = ContactKinds.IsGroup(wire.From) ? InGroup(wire) : Direct(wire);
        MessageKind kind = KindOf(wire);
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
            Session = sessionName,
            Sequence = sequence,
            Recalled = kind == MessageKind.Recall && wire.Notice.Content is RecallContent recall ? _recent.Find(recall.MessageId) : null,
        };
        _recent.Add(message);
        return message;
    }

    /// <summary>What others write in a group comes from the group and names its author in the text, notices excepted.</summary>
    private Parties InGroup(WireMessage wire)
    {
        WeChatContact group = book.GetOrStranger(wire.From);
        if (!wire.IsReadable || !SenderPrefix.TryRead(wire, out string author))
            return new Parties(group, book.GetOrStranger(wire.To), group, null, false);
        WeChatGroupMember sender = book.FindMember(wire.From, author)
            ?? new WeChatGroupMember(author) { GroupId = group.Id, GroupName = group.Name };
        bool isFromSelf = author == book.Self?.UserName;
        return new Parties(
            book.Find(author) ?? sender.ToStranger(), isFromSelf ? group : book.GetOrStranger(wire.To), group, sender, isFromSelf);
    }

    /// <summary>A private message, or an own one that was written elsewhere.</summary>
    private Parties Direct(WireMessage wire)
    {
        WeChatContact? self = book.Self;
        bool isFromSelf = wire.IsReadable && (wire.From.Length == 0 || wire.From == self?.UserName);
        WeChatContact from = isFromSelf && self is not null ? self : book.GetOrStranger(wire.From);
        WeChatContact to = book.GetOrStranger(wire.To);
        return to.IsGroup
            ? new Parties(from, to, to, book.FindMember(to.UserName, from.UserName), isFromSelf)
            : new Parties(from, to, null, null, isFromSelf);
    }

    private MessageKind KindOf(WireMessage wire)
    {
        MessageKind kind = wire.IsReadable ? MessageKinds.Of(wire) : MessageKind.Unparsed;

        // the phone's requests come back to the account that made them: nobody has to answer those
        bool isOwnRequest = kind == MessageKind.FriendRequest && book.Self is { } self && wire.Recommended("UserName"u8) == self.UserName;
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

    // a message that a script keeps must not keep the whole reply which it came in
    private static ReadOnlyMemory<byte> Own(ReadOnlyMemory<byte> raw) =>
        MemoryMarshal.TryGetArray(raw, out ArraySegment<byte> segment) && segment.Array!.Length == raw.Length ? raw : raw.ToArray();

    private readonly record struct Parties(
        WeChatContact From, WeChatContact To, WeChatContact? Group, WeChatGroupMember? Sender, bool IsFromSelf);
}
