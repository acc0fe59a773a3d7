using System;
using System.Globalization;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>A message. It is immutable. Expensive parts are decoded on first use.</summary>
public sealed class WeChatMessage
{
    private static readonly object s_none = new();

    private readonly WireMessage _wire;
    private string? _text;
    private object? _content;

    internal WeChatMessage(WireMessage wire, WeChatContact from, WeChatContact to)
    {
        _wire = wire;
        From = from;
        To = to;
    }

    /// <summary>The server's message id.</summary>
    public string Id => _wire.Id;

    /// <summary>The time when the server received the message, in this computer's time zone.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>The kind of the message.</summary>
    public MessageKind Kind { get; internal init; }

    /// <summary>The server's type number: 1 text, 3 image, 49 app … It distinguishes messages whose <see cref="Kind"/> is Unknown.</summary>
    public int MsgType => _wire.MsgType;

    /// <summary>The server's type number of an app message (5 link, 6 file …); 0 for others.</summary>
    public int AppMsgType => _wire.AppMsgType;

    /// <summary>The text for people: a text, notice, title, address or greeting; empty for images and voice messages.</summary>
    public string Text => _text ??= MessageText.Of(Kind, _wire);

    /// <summary>The sender. For notices in a group, whose author is unknown, the group.</summary>
    public WeChatContact From { get; }

    /// <summary>The sender as a member of the group; null outside groups.</summary>
    public WeChatGroupMember? Sender { get; internal init; }

    /// <summary>The group; null for private messages.</summary>
    public WeChatContact? Group { get; internal init; }

    /// <summary>The recipient: this account, or for its own messages the other person.</summary>
    public WeChatContact To { get; }

    /// <summary>Whether this account sent the message, on the phone or elsewhere.</summary>
    public bool IsFromSelf { get; internal init; }

    /// <summary>Whether it is a group message that mentions this account (@name).</summary>
    public bool MentionsMe { get; internal init; }

    /// <summary>Whether it is a group message that mentions all members (@所有人 from a phone). <see cref="MentionsMe"/> is independent of this.</summary>
    public bool MentionsAll { get; internal init; }

    /// <summary>The number of deliveries: 1 for the first.</summary>
    public int DeliveryCount { get; internal init; }

    /// <summary>
    /// The content of the kind in addition to the text (<see cref="ImageContent"/>, <see cref="FileContent"/>, <see cref="LinkContent"/> …);
    /// null for kinds without it.
    /// </summary>
    public object? Content
    {
        get
        {
            object content = _content ??= MessageContent.Of(Kind, _wire) ?? s_none;
            return ReferenceEquals(content, s_none) ? null : content;
        }
    }

    /// <summary>The name of the session that received it.</summary>
    public string Session => Origin.Session ?? "";

    /// <summary>The server's JSON, without the session's skey and the tickets of friend requests.</summary>
    public string Raw => _wire.Raw;

    /// <summary>
    /// The message's XML without the session's skey and tickets, for data without a property. It is well-formed, so that <c>[xml]</c> can read it. Empty
    /// without readable XML.
    /// </summary>
    public string Xml => _wire.PublicXml;

    /// <summary>The recalled message, or null.</summary>
    internal WeChatMessage? Recalled
    {
        init => _content = value is not null && MessageContent.Of(Kind, _wire) is RecallContent recall ? recall with { Original = value } : null;
    }

    /// <summary>The size in bytes.</summary>
    internal int Size => _wire.Size;

    /// <summary>The sender from the server, in a group the group.</summary>
    internal string WireSender => _wire.From;

    /// <summary>The session and account that received the message, from which a reply is sent.</summary>
    internal Origin Origin { get; init; }

    /// <summary>The message's number in the inbox.</summary>
    internal long Sequence { get; init; }

    /// <summary>The login that fetched the message, in which its user names are valid.</summary>
    internal ulong Login { get; init; }

    /// <summary>Whether an earlier login fetched the message.</summary>
    internal bool IsOfEarlierLogin { get; init; }

    /// <summary>Whether the sender was certainly not a contact in that earlier login.</summary>
    internal bool IsFromFormerStranger { get; init; }

    /// <summary>Whether the message is certainly between two other people, so that it belongs to another account.</summary>
    internal bool IsBetweenOthers { get; init; }

    /// <summary>Whether a person or group in the message is known. In a message of an earlier login it may be unknown.</summary>
    internal bool Knows(WeChatContact party) => !IsOfEarlierLogin || party.Login != Login || !ContactKinds.IsPassing(party.UserName);

    /// <summary>The server's message, for forwarding.</summary>
    internal WireMessage Wire => _wire;

    /// <summary>The chat to which a reply is sent.</summary>
    internal WeChatContact Conversation => Group ?? (IsFromSelf ? To : From);

    /// <summary>Gets one line that is safe for a terminal: <c>[12:01] group · name: text</c>.</summary>
    public override string ToString()
    {
        string time = Time.ToString("HH:mm", CultureInfo.InvariantCulture);
        string group = Group is null || Group.Equals(From) ? "" : Group.Name + " · ";
        string name = Sender?.Name ?? From.Name;
        string text = Kind == MessageKind.FriendRequest && Content is FriendRequestContent request ? $"{request.Name}: {Text}" : Text;
        string kind = Kind is MessageKind.Text or MessageKind.System ? "" : text.Length > 0 ? $"[{Kind}] " : $"[{Kind}]";
        return DisplayText.Visible($"[{time}] {group}{name}: {kind}{text}");
    }
}
