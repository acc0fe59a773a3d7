namespace WeChatPS;

/// <summary>What a message is.</summary>
public enum MessageKind : long
{
    /// <summary>Text that somebody wrote.</summary>
    Text,

    /// <summary>A picture.</summary>
    Image,

    /// <summary>A voice recording.</summary>
    Voice,

    /// <summary>A video.</summary>
    Video,

    /// <summary>A sticker or an animated picture.</summary>
    Emoticon,

    /// <summary>A file.</summary>
    File,

    /// <summary>A link to a page or an article.</summary>
    Link,

    /// <summary>A place on the map.</summary>
    Location,

    /// <summary>Somebody shares the own place as it changes, or ends that.</summary>
    LiveLocation,

    /// <summary>Somebody's name card.</summary>
    Card,

    /// <summary>Somebody wants to be a contact.</summary>
    FriendRequest,

    /// <summary>WeChat names somebody whom the account may know.</summary>
    FriendSuggestion,

    /// <summary>A notice in a conversation, written by WeChat.</summary>
    System,

    /// <summary>A message was taken back.</summary>
    Recall,

    /// <summary>Talk between the account's own devices: read marks, opened conversations.</summary>
    Status,

    /// <summary>Something from an app, of no kind of its own here.</summary>
    App,

    /// <summary>A transfer of money.</summary>
    Transfer,

    /// <summary>A red packet; it can only be opened on the phone.</summary>
    RedPacket,

    /// <summary>A mini program.</summary>
    MiniProgram,

    /// <summary>Text that quotes a message.</summary>
    Quote,

    /// <summary>A piece of another conversation.</summary>
    ChatHistory,

    /// <summary>A song.</summary>
    Music,

    /// <summary>Somebody tickled somebody (拍了拍).</summary>
    Tickle,

    /// <summary>Somebody joined the group.</summary>
    GroupJoin,

    /// <summary>Somebody left the group, or was removed from it.</summary>
    GroupLeave,

    /// <summary>The group has a new name.</summary>
    GroupRename,

    /// <summary>A voice or video call.</summary>
    Call,

    /// <summary>A type that is not known here.</summary>
    Unknown,

    /// <summary>What the server sent cannot be read as a message; Raw has it.</summary>
    Unparsed,
}
