using System;
using System.Globalization;
using System.Runtime.InteropServices;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Makes messages of what the server sent. Never fails: what is no message comes as <see cref="MessageKind.Unparsed"/>.</summary>
internal sealed class MessageReader(ContactBook book, string sessionName)
{
    private const long LastSecond = 253_402_300_799; // the end of the year 9999

    /// <param name="raw">One item of a fetch.</param>
    /// <param name="sequence">Where it stands in the inbox.</param>
    /// <param name="deliveryCount">How often it has been handed out, this time included.</param>
    public WeChatMessage Read(ReadOnlyMemory<byte> raw, long sequence, int deliveryCount)
    {
        raw = Own(raw);
        WireMessage? wire = WireMessage.TryRead(raw);
        return wire is null
            ? Unparsed(raw, sequence, deliveryCount)
            : IsGroupsMessage(wire) ? FromGroup(wire, raw, sequence, deliveryCount)
            : Direct(wire, raw, sequence, deliveryCount);
    }

    private WeChatMessage FromGroup(WireMessage wire, ReadOnlyMemory<byte> raw, long sequence, int deliveryCount)
    {
        WeChatContact group = book.GetOrStranger(wire.From);
        WeChatGroupMember? sender = null;
        if (SenderPrefix.TryRead(wire, out string userName))
        {
            sender = book.FindMember(wire.From, userName)
                ?? new WeChatGroupMember(userName) { GroupId = group.Id, GroupName = group.Name };
        }
        bool isFromSelf = sender is not null && sender.UserName == book.Self?.UserName;
        WeChatContact from = sender is null ? group : book.Find(sender.UserName) ?? sender.ToStranger();
        MessageKind kind = MessageKinds.Of(wire);
        return new WeChatMessage(wire, raw, from, isFromSelf ? group : book.GetOrStranger(wire.To))
        {
            Id = IdOf(wire, raw),
            Time = TimeOf(wire.CreateTime),
            Kind = kind,
            Sender = sender,
            Group = group,
            IsFromSelf = isFromSelf,
            MentionsMe = !isFromSelf && kind is MessageKind.Text or MessageKind.Quote && IsMentioned(wire, kind),
            DeliveryCount = deliveryCount,
            Session = sessionName,
            Sequence = sequence,
        };
    }

    private WeChatMessage Direct(WireMessage wire, ReadOnlyMemory<byte> raw, long sequence, int deliveryCount)
    {
        WeChatContact? self = book.Self;
        bool isFromSelf = wire.From.Length == 0 || wire.From == self?.UserName;
        WeChatContact from = isFromSelf && self is not null ? self : book.GetOrStranger(wire.From);
        WeChatContact to = book.GetOrStranger(wire.To);
        return new WeChatMessage(wire, raw, from, to)
        {
            Id = IdOf(wire, raw),
            Time = TimeOf(wire.CreateTime),
            Kind = MessageKinds.Of(wire),
            Sender = to.IsGroup && isFromSelf ? book.FindMember(to.UserName, from.UserName) : null,
            Group = to.IsGroup ? to : null,
            IsFromSelf = isFromSelf,
            DeliveryCount = deliveryCount,
            Session = sessionName,
            Sequence = sequence,
        };
    }

    private WeChatMessage Unparsed(ReadOnlyMemory<byte> raw, long sequence, int deliveryCount)
    {
        JsonSlice item = JsonSlice.Root(raw.Span);
        WeChatContact from = book.GetOrStranger(item.Find("FromUserName"u8).AsText());
        return new WeChatMessage(null, raw, from, book.GetOrStranger(item.Find("ToUserName"u8).AsText()))
        {
            Id = item.Find("MsgId"u8).AsText() is { Length: > 0 } id ? id : IdOf(raw),
            Time = TimeOf(item.Find("CreateTime"u8).AsInt64()),
            Kind = MessageKind.Unparsed,
            Group = from.IsGroup ? from : null,
            DeliveryCount = deliveryCount,
            Session = sessionName,
            Sequence = sequence,
        };
    }

    private bool IsMentioned(WireMessage wire, MessageKind kind)
    {
        if (wire.Content.IndexOf('@', wire.PrefixLength) < 0)
            return false;
        string text = MessageText.Of(kind, wire);
        string ownName = book.FindMember(wire.From, wire.To)?.DisplayName ?? "";
        return Mention.IsIn(text, ownName) || Mention.IsIn(text, book.Self?.NickName ?? "");
    }

    private bool IsGroupsMessage(WireMessage wire) => ContactKinds.IsGroup(wire.From) && wire.From != book.Self?.UserName;

    // a message that a script keeps must not keep the whole reply which it came in
    private static ReadOnlyMemory<byte> Own(ReadOnlyMemory<byte> raw) =>
        MemoryMarshal.TryGetArray(raw, out ArraySegment<byte> segment) && segment.Array!.Length == raw.Length ? raw : raw.ToArray();

    private static string IdOf(WireMessage wire, ReadOnlyMemory<byte> raw) => wire.MsgId.Length > 0 ? wire.MsgId : IdOf(raw);

    private static string IdOf(ReadOnlyMemory<byte> raw) =>
        MessageIdentity.Of(JsonSlice.Root(raw.Span)).ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset TimeOf(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds is >= 0 and <= LastSecond ? seconds : 0).ToLocalTime();
}
