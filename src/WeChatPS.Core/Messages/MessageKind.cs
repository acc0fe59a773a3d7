namespace WeChatPS;

/// <summary>The kinds of messages.</summary>
public enum MessageKind : long
{
    /// <summary>A text message.</summary>
    Text,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A voice message.</summary>
    Voice,

    /// <summary>A video.</summary>
    Video,

    /// <summary>A sticker or animated image.</summary>
    Emoticon,

    /// <summary>A file.</summary>
    File,

    /// <summary>A link to a page or an article.</summary>
    Link,

    /// <summary>A location.</summary>
    Location,

    /// <summary>The start or end of a live location.</summary>
    LiveLocation,

    /// <summary>A name card.</summary>
    Card,

    /// <summary>A friend request.</summary>
    FriendRequest,

    /// <summary>A friend suggestion from WeChat.</summary>
    FriendSuggestion,

    /// <summary>A notice from WeChat in a chat.</summary>
    System,

    /// <summary>A recalled message.</summary>
    Recall,

    /// <summary>A status notice between the account's devices, such as a read or opened chat.</summary>
    Status,

    /// <summary>An app message without a more specific kind.</summary>
    App,

    /// <summary>A transfer of money.</summary>
    Transfer,

    /// <summary>A red packet; it can only be opened on the phone.</summary>
    RedPacket,

    /// <summary>A mini program.</summary>
    MiniProgram,

    /// <summary>Text that quotes a message.</summary>
    Quote,

    /// <summary>Forwarded messages of another chat (a chat history).</summary>
    ChatHistory,

    /// <summary>A song.</summary>
    Music,

    /// <summary>A tickle (拍了拍).</summary>
    Tickle,

    /// <summary>A member joined the group.</summary>
    GroupJoin,

    /// <summary>A member left the group or was removed.</summary>
    GroupLeave,

    /// <summary>A notice that the group has a new name.</summary>
    GroupRename,

    /// <summary>A voice or video call.</summary>
    Call,

    /// <summary>A message of an unknown type.</summary>
    Unknown,

    /// <summary>An item that cannot be read as a message. Raw contains it.</summary>
    Unparsed,
}
