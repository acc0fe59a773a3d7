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

    /// <summary>A place.</summary>
    Location,

    /// <summary>Somebody's card.</summary>
    Card,

    /// <summary>A notice from the system.</summary>
    System,

    /// <summary>The removal of an earlier message.</summary>
    Recall,

    /// <summary>A request to become friends.</summary>
    FriendRequest,

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

    /// <summary>The group it is written in; null for a private message.</summary>
    public string? Group { get; init; }

    /// <summary>The receiver of a private message that the account itself wrote on its phone.</summary>
    public string? To { get; init; }

    /// <summary>The text, the greeting of a friend request, or the words of a notice; plain, without markup.</summary>
    public string Text { get; init; } = "";

    /// <summary>A file's name.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The title of a link, or the address of a location.</summary>
    public string Title { get; init; } = "";

    /// <summary>Where a link leads.</summary>
    public string Url { get; init; } = "";

    /// <summary>Bytes of an image, voice message, video, sticker or file; empty stands for a small sample.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The length of a voice message or video.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Degrees north, for a location.</summary>
    public double Latitude { get; init; } = 31.2304;

    /// <summary>Degrees east, for a location.</summary>
    public double Longitude { get; init; } = 121.4737;

    /// <summary>Whose card it is: a contact, or anybody else.</summary>
    public string Card { get; init; } = "";

    /// <summary>The MsgId of the message that is recalled.</summary>
    public string RecalledMsgId { get; init; } = "";

    /// <summary>StatusNotifyCode of a status notice: 1 read, 2 chat opened, 4 list of chats, 5 chat left.</summary>
    public int StatusCode { get; init; } = 2;

    /// <summary>The whole item of AddMsgList; <c>{self}</c>, <c>{from}</c> and <c>{msgid}</c> are replaced. It need not be well-formed.</summary>
    public string Json { get; init; } = "";
}
