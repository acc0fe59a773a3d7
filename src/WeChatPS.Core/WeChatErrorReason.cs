namespace WeChatPS;

/// <summary>The kinds of failures. The names are stable: scripts see them as error ids <c>WeChat.&lt;name&gt;</c>.</summary>
public enum WeChatErrorReason : long
{
    /// <summary>No session is connected in this process.</summary>
    NotConnected,

    /// <summary>Several sessions are connected, and -Session was not specified.</summary>
    AmbiguousSession,

    /// <summary>No session with this name is connected or saved.</summary>
    SessionNotFound,

    /// <summary>Another process uses the session.</summary>
    SessionInUse,

    /// <summary>The saved session cannot be opened by this user account (DPAPI, file permissions).</summary>
    SessionUnreadable,

    /// <summary>The file of the saved session is damaged. It was renamed and kept.</summary>
    SessionDamaged,

    /// <summary>The session is larger than a SecureString can hold.</summary>
    SessionTooLarge,

    /// <summary>The session name cannot be a folder name.</summary>
    InvalidSessionName,

    /// <summary>The saved session belongs to another endpoint than the specified one.</summary>
    EndpointMismatch,

    /// <summary>The address is not one of the session's hosts, or uses http for another machine.</summary>
    InvalidEndpoint,

    /// <summary>A parameter value or a combination of them cannot be used for a request.</summary>
    InvalidRequest,

    /// <summary>The login needs a person to scan or confirm, but the session may not ask.</summary>
    LoginRequired,

    /// <summary>The server refused the login. The message contains the server's text.</summary>
    LoginRefused,

    /// <summary>The server restricts the account or its login environment (1203). The message contains the server's text.</summary>
    AccountRestricted,

    /// <summary>The login was not scanned and confirmed in time.</summary>
    LoginTimeout,

    /// <summary>The server cannot be reached, or its responses are invalid.</summary>
    Unreachable,

    /// <summary>The account was logged out on the phone or by another login.</summary>
    LoggedOut,

    /// <summary>The server no longer accepts the session.</summary>
    SessionExpired,

    /// <summary>The server throttles the account (1205), or a send was queued for too long.</summary>
    Throttled,

    /// <summary>The server's response is invalid.</summary>
    ProtocolError,

    /// <summary>Another receiver is using the session.</summary>
    SyncInUse,

    /// <summary>An event subscription with this name exists already.</summary>
    SubscriberExists,

    /// <summary>The inbox on disk cannot be written or read.</summary>
    InboxUnavailable,

    /// <summary>No contact, group or member has this name.</summary>
    ContactNotFound,

    /// <summary>Several contacts have this name.</summary>
    AmbiguousContact,

    /// <summary>The contact does not allow this operation, for example because it is the account itself, a stranger, an official account or already a friend.</summary>
    ContactNotAllowed,

    /// <summary>Only the group owner can do this.</summary>
    NotGroupOwner,

    /// <summary>A new group needs at least two friends.</summary>
    TooFewMembers,

    /// <summary>The name is empty.</summary>
    EmptyName,

    /// <summary>No change was specified.</summary>
    NothingToChange,

    /// <summary>The message is not a friend request.</summary>
    NotFriendRequest,

    /// <summary>The change may or may not have been made, because the server's response was lost.</summary>
    OutcomeUnknown,

    /// <summary>The account cannot send messages to this recipient (itself, a stranger, a read-only account).</summary>
    ReceiverNotAllowed,

    /// <summary>The server refused the request. The message contains the server's code.</summary>
    Refused,

    /// <summary>The message may or may not have been sent. The target object is its ClientMsgId.</summary>
    SendOutcomeUnknown,

    /// <summary>The message is empty.</summary>
    EmptyMessage,

    /// <summary>The file is empty. WeChat refuses empty files.</summary>
    EmptyFile,

    /// <summary>The file exceeds WeChat's size limit.</summary>
    FileTooLarge,

    /// <summary>Messages of this kind cannot be forwarded.</summary>
    NotForwardable,

    /// <summary>The message was sent too long ago to be recalled.</summary>
    RevokeTooLate,

    /// <summary>The message is not in the inbox.</summary>
    MessageNotFound,

    /// <summary>The file or folder cannot be read or written.</summary>
    FileUnavailable,

    /// <summary>A file with this name exists and was not replaced.</summary>
    FileExists,

    /// <summary>The message or contact has no media to save.</summary>
    NoMedia,

    /// <summary>WeChat does not offer this media on the web, for example store stickers, videos only for phones, and expired media.</summary>
    MediaUnavailable,

    /// <summary>The emulator is not running, or refused the request.</summary>
    EmulatorFailed,
}
