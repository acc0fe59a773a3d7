using System;

namespace WeChatPS.Emulator;

/// <summary>The kinds of incoming messages.</summary>
public enum MessageKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A voice message.</summary>
    Voice,

    /// <summary>A video.</summary>
    Video,

    /// <summary>A sticker.</summary>
    Emoticon,

    /// <summary>A file.</summary>
    File,

    /// <summary>A link.</summary>
    Link,

    /// <summary>A song.</summary>
    Music,

    /// <summary>A mini program.</summary>
    MiniProgram,

    /// <summary>Text that quotes an earlier message.</summary>
    Quote,

    /// <summary>A chat history.</summary>
    ChatHistory,

    /// <summary>A transfer of money.</summary>
    Transfer,

    /// <summary>A red packet: with a text an app message, otherwise the notice that web clients receive.</summary>
    RedPacket,

    /// <summary>The start of a live location.</summary>
    LiveLocation,

    /// <summary>Another app message, of the type <see cref="IncomingMessage.AppMsgType"/>.</summary>
    App,

    /// <summary>A location.</summary>
    Location,

    /// <summary>A name card.</summary>
    Card,

    /// <summary>A voice call.</summary>
    Call,

    /// <summary>A system notice with the specified text.</summary>
    System,

    /// <summary>The notice of a tickle.</summary>
    Tickle,

    /// <summary>The notice that a member joined the group.</summary>
    GroupJoin,

    /// <summary>The notice that a member was removed from the group.</summary>
    GroupLeave,

    /// <summary>The notice that the group was renamed.</summary>
    GroupRename,

    /// <summary>The recall of an earlier message.</summary>
    Recall,

    /// <summary>A friend request.</summary>
    FriendRequest,

    /// <summary>A friend suggestion.</summary>
    FriendSuggestion,

    /// <summary>A notice from the account's phone, such as an opened chat.</summary>
    Status,

    /// <summary>An item of AddMsgList as specified.</summary>
    Raw,
}

/// <summary>A message for the account. Names are ids, remarks or nicknames.</summary>
public sealed record IncomingMessage
{
    /// <summary>The kind of the message.</summary>
    public MessageKind Kind { get; init; }

    /// <summary>The sender. Null for the account itself on its phone (with <see cref="To"/> or <see cref="Group"/>), or for a notice in a group.</summary>
    public string? From { get; init; }

    /// <summary>The group; null for a private message. For a friend request, the group in which the person found the account.</summary>
    public string? Group { get; init; }

    /// <summary>The recipient of a private message that the account itself sends on its phone.</summary>
    public string? To { get; init; }

    /// <summary>
    /// The plain text without markup. For other kinds: the text of a notice, the greeting of a friend request or red packet, the note of a
    /// transfer, the description of a link, the artist of a song, the name of a mini program or place, or the lines <c>name: text</c> of a
    /// chat history. For group notices: the affected member (empty for the account itself), or the group's new name.
    /// </summary>
    public string Text { get; init; } = "";

    /// <summary>The name of a file.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The title of an app message, or the address of a location.</summary>
    public string Title { get; init; } = "";

    /// <summary>The address of a link or song, or the page inside a mini program.</summary>
    public string Url { get; init; } = "";

    /// <summary>The bytes of an image, voice message, video, sticker or file; empty for a small sample.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The length of a voice message or video.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Degrees north, for a location.</summary>
    public double Latitude { get; init; } = 31.2304;

    /// <summary>Degrees east, for a location.</summary>
    public double Longitude { get; init; } = 121.4737;

    /// <summary>The person of a name card. For a friend request, the person who shared the account's name card.</summary>
    public string Card { get; init; } = "";

    /// <summary>The amount of a transfer, in yuan.</summary>
    public decimal Amount { get; init; } = 0.01m;

    /// <summary>The product id of a store sticker, which cannot be downloaded.</summary>
    public string ProductId { get; init; } = "";

    /// <summary>The MsgId of the message that is recalled.</summary>
    public string RecalledMsgId { get; init; } = "";

    /// <summary>The MsgId of the quoted message, which must be a recent one of the account.</summary>
    public string QuotedMsgId { get; init; } = "";

    /// <summary>StatusNotifyCode of a status notice: 1 read, 2 chat opened, 4 list of chats, 5 chat left.</summary>
    public int StatusCode { get; init; } = 2;

    /// <summary>Another MsgType than that of the kind, such as 62 for a short video. With <see cref="MessageKind.Text"/>, the text is the content of any type.</summary>
    public int? MsgType { get; init; }

    /// <summary>Another AppMsgType than that of the kind, such as 36 for a mini program.</summary>
    public int? AppMsgType { get; init; }

    /// <summary>The item of AddMsgList, in which <c>{self}</c>, <c>{from}</c> and <c>{msgid}</c> are replaced. It may be invalid JSON.</summary>
    public string Json { get; init; } = "";
}
