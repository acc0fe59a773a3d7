using System;

namespace WeChatPS.Emulator;

/// <summary>What kind of message reaches the account.</summary>
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

    /// <summary>A moving sticker.</summary>
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

    /// <summary>A piece of another chat.</summary>
    ChatHistory,

    /// <summary>A transfer of money.</summary>
    Transfer,

    /// <summary>A red packet: with a text an app message that shows it, otherwise the notice that the web gets instead.</summary>
    RedPacket,

    /// <summary>Somebody begins to share the own place.</summary>
    LiveLocation,

    /// <summary>Something else from an app; <see cref="IncomingMessage.AppMsgType"/> says what.</summary>
    App,

    /// <summary>A place.</summary>
    Location,

    /// <summary>Somebody's card.</summary>
    Card,

    /// <summary>A voice call.</summary>
    Call,

    /// <summary>A notice from the system, in the words that are given.</summary>
    System,

    /// <summary>The notice that somebody tickled somebody.</summary>
    Tickle,

    /// <summary>The notice that somebody joined the group.</summary>
    GroupJoin,

    /// <summary>The notice that somebody was removed from the group.</summary>
    GroupLeave,

    /// <summary>The notice that the group has another name.</summary>
    GroupRename,

    /// <summary>The removal of an earlier message.</summary>
    Recall,

    /// <summary>A request to become friends.</summary>
    FriendRequest,

    /// <summary>Somebody whom the account may know.</summary>
    FriendSuggestion,

    /// <summary>A notice from the account's phone, such as an opened chat.</summary>
    Status,

    /// <summary>An item exactly as given.</summary>
    Raw,
}

/// <summary>A message for the account. Names are ids, remarks or nicknames of the scenario.</summary>
public sealed record IncomingMessage
{
    /// <summary>What kind of message.</summary>
    public MessageKind Kind { get; init; }

    /// <summary>Who sends it. Null: the account itself, from its phone (then <see cref="To"/> or <see cref="Group"/> says where), or a notice in a group.</summary>
    public string? From { get; init; }

    /// <summary>The group it is written in; null for a private message. Of a friend request: the group that the person found the account in.</summary>
    public string? Group { get; init; }

    /// <summary>The receiver of a private message that the account itself wrote on its phone.</summary>
    public string? To { get; init; }

    /// <summary>
    /// The text, plain, without markup. Also: the words of a notice, the greeting of a friend request or a red packet, what a transfer is for, what
    /// stands below a link, a song's artist, a mini program's name, the lines <c>name: text</c> of a chat history, a place's name; for
    /// notices about a group who is tickled, joins or goes (empty: the account itself), or the group's new name.
    /// </summary>
    public string Text { get; init; } = "";

    /// <summary>A file's name.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The title of an app message, or the address of a location.</summary>
    public string Title { get; init; } = "";

    /// <summary>Where a link or a song leads; the page inside a mini program.</summary>
    public string Url { get; init; } = "";

    /// <summary>Bytes of an image, voice message, video, sticker or file; empty stands for a small sample.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The length of a voice message or video.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Degrees north, for a location.</summary>
    public double Latitude { get; init; } = 31.2304;

    /// <summary>Degrees east, for a location.</summary>
    public double Longitude { get; init; } = 121.4737;

    /// <summary>Whose card it is: a contact, or anybody else. Of a friend request: who passed the account's card on.</summary>
    public string Card { get; init; } = "";

    /// <summary>The amount of a transfer, in yuan.</summary>
    public decimal Amount { get; init; } = 0.01m;

    /// <summary>The set in the store that a sticker belongs to: then it cannot be downloaded.</summary>
    public string ProductId { get; init; } = "";

    /// <summary>The MsgId of the message that is recalled.</summary>
    public string RecalledMsgId { get; init; } = "";

    /// <summary>The MsgId of the message that is quoted: one of the last that the account received or that a client of it sent.</summary>
    public string QuotedMsgId { get; init; } = "";

    /// <summary>StatusNotifyCode of a status notice: 1 read, 2 chat opened, 4 list of chats, 5 chat left.</summary>
    public int StatusCode { get; init; } = 2;

    /// <summary>Another MsgType than the kind's own, such as 62 for a short video; with <see cref="MessageKind.Text"/> any number with the text as its content.</summary>
    public int? MsgType { get; init; }

    /// <summary>Another AppMsgType than the kind's own, such as 36 for a mini program.</summary>
    public int? AppMsgType { get; init; }

    /// <summary>The whole item of AddMsgList; <c>{self}</c>, <c>{from}</c> and <c>{msgid}</c> are replaced. It need not be well-formed.</summary>
    public string Json { get; init; } = "";
}
