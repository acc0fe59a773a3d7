using System;
using System.Globalization;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>A message. It does not change; what costs something to decode is decoded when it is first asked for.</summary>
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

    /// <summary>The server's id.</summary>
    public string Id => _wire.Id;

    /// <summary>When the server got it, in this computer's time zone.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>What it is.</summary>
    public MessageKind Kind { get; internal init; }

    /// <summary>The server's number for its type: 1 text, 3 picture, 49 app … Tells those apart that <see cref="Kind"/> calls Unknown.</summary>
    public int MsgType => _wire.MsgType;

    /// <summary>The server's number for what an app message is (5 link, 6 file …); 0 for others.</summary>
    public int AppMsgType => _wire.AppMsgType;

    /// <summary>What a person reads: the text, a notice, a title, an address, a greeting; empty for pictures and recordings.</summary>
    public string Text => _text ??= MessageText.Of(Kind, _wire);

    /// <summary>Who wrote it. Where the server does not say that (notices in a group): the group.</summary>
    public WeChatContact From { get; }

    /// <summary>Who wrote it, as a member of the group; null outside groups.</summary>
    public WeChatGroupMember? Sender { get; internal init; }

    /// <summary>The group it was written in; null outside groups.</summary>
    public WeChatContact? Group { get; internal init; }

    /// <summary>Whom the server sent it to: this account, or for own messages the other side.</summary>
    public WeChatContact To { get; }

    /// <summary>Whether this account wrote it, on the phone or elsewhere.</summary>
    public bool IsFromSelf { get; internal init; }

    /// <summary>Whether it was written in a group and addresses this account (@name).</summary>
    public bool MentionsMe { get; internal init; }

    /// <summary>Whether it was written in a group and addresses everybody (@所有人, chosen on a phone): that is not <see cref="MentionsMe"/>.</summary>
    public bool MentionsAll { get; internal init; }

    /// <summary>How often it has been handed out: 1 the first time.</summary>
    public int DeliveryCount { get; internal init; }

    /// <summary>
    /// What the kind brings beyond the text (<see cref="ImageContent"/>, <see cref="FileContent"/>, <see cref="LinkContent"/> …);
    /// null where that is nothing.
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

    /// <summary>What the server sent: JSON, without the session's key.</summary>
    public string Raw => _wire.Raw;

    /// <summary>
    /// The XML that the message brings, without the session's key, for what has no property: well-formed, so that <c>[xml]</c> takes it. Empty
    /// when it brings none, or none that can be read.
    /// </summary>
    public string Xml => _wire.PublicXml;

    /// <summary>The message that this one takes back, where it is known.</summary>
    internal WeChatMessage? Recalled
    {
        init => _content = value is not null && MessageContent.Of(Kind, _wire) is RecallContent recall ? recall with { Original = value } : null;
    }

    /// <summary>How many bytes it holds.</summary>
    internal int Size => _wire.Size;

    /// <summary>Whom the server names as its sender: in a group the group.</summary>
    internal string WireSender => _wire.From;

    /// <summary>The session and the account that received it: who is to answer.</summary>
    internal Origin Origin { get; init; }

    /// <summary>Where it stands in the inbox.</summary>
    internal long Sequence { get; init; }

    /// <summary>The login that fetched it, in which its user names are good.</summary>
    internal ulong Login { get; init; }

    /// <summary>Whether it was fetched by a login before the one that it was read in.</summary>
    internal bool IsOfEarlierLogin { get; init; }

    /// <summary>Whether its sender was certainly no contact in that earlier login.</summary>
    internal bool IsFromFormerStranger { get; init; }

    /// <summary>Whether it is known who somebody in it is; in a message of an earlier login it may not be.</summary>
    internal bool Knows(WeChatContact party) => !IsOfEarlierLogin || party.Login != Login || !ContactKinds.IsPassing(party.UserName);

    /// <summary>What the server sent, for passing it on.</summary>
    internal WireMessage Wire => _wire;

    /// <summary>The other side: whom an answer goes to.</summary>
    internal WeChatContact Conversation => Group ?? (IsFromSelf ? To : From);

    /// <summary>One line, fit for a terminal: <c>[12:01] group · name: text</c>.</summary>
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
