namespace WeChatPS;

/// <summary>Why something failed. Names are stable: scripts see them as <c>WeChat.&lt;name&gt;</c>.</summary>
public enum WeChatErrorReason : long
{
    /// <summary>No session is connected in this process.</summary>
    NotConnected,

    /// <summary>Several sessions are connected and none was named.</summary>
    AmbiguousSession,

    /// <summary>No session of that name is connected or saved.</summary>
    SessionNotFound,

    /// <summary>Another process holds the session.</summary>
    SessionInUse,

    /// <summary>The saved session cannot be opened by this user account (DPAPI, file permissions).</summary>
    SessionUnreadable,

    /// <summary>The saved session's file was damaged; it was set aside.</summary>
    SessionDamaged,

    /// <summary>The session is larger than a SecureString can hold.</summary>
    SessionTooLarge,

    /// <summary>A session name that cannot be a folder name.</summary>
    InvalidSessionName,

    /// <summary>A saved session belongs to another endpoint than the one asked for.</summary>
    EndpointMismatch,

    /// <summary>An address that is not one of the session's hosts, or plain http beyond loopback.</summary>
    InvalidEndpoint,

    /// <summary>A request that cannot be sent as it was composed.</summary>
    InvalidRequest,

    /// <summary>A person is needed (scan, confirm) and nobody can be asked.</summary>
    LoginRequired,

    /// <summary>The server refused the login; the message carries its own words.</summary>
    LoginRefused,

    /// <summary>The server refuses an account that is logged in, or its environment (1203); the message carries its own words.</summary>
    AccountRestricted,

    /// <summary>Nobody scanned and confirmed in time.</summary>
    LoginTimeout,

    /// <summary>The network or the server cannot be reached or answers nonsense.</summary>
    Unreachable,

    /// <summary>The account was signed out on the phone or by another login.</summary>
    LoggedOut,

    /// <summary>The server no longer accepts the session.</summary>
    SessionExpired,

    /// <summary>The server asks for less traffic, or a send waited too long for its turn.</summary>
    Throttled,

    /// <summary>The server's reply makes no sense.</summary>
    ProtocolError,

    /// <summary>Somebody else receives from this session already.</summary>
    SyncInUse,

    /// <summary>There is an event subscription of that name already.</summary>
    SubscriberExists,

    /// <summary>The inbox on disk cannot be written or read.</summary>
    InboxUnavailable,

    /// <summary>No contact, group or member of that name.</summary>
    ContactNotFound,

    /// <summary>Several contacts share that name.</summary>
    AmbiguousContact,

    /// <summary>What was asked for cannot be done with that contact: it is the account itself, a stranger, an official account, a friend already …</summary>
    ContactNotAllowed,

    /// <summary>Only the group's owner may do that.</summary>
    NotGroupOwner,

    /// <summary>A group is made of this account and at least two friends.</summary>
    TooFewMembers,

    /// <summary>A name that is empty.</summary>
    EmptyName,

    /// <summary>Nothing was named that is to be changed.</summary>
    NothingToChange,

    /// <summary>The message is not a request to become friends.</summary>
    NotFriendRequest,

    /// <summary>Whether a change was made is not known: the server's reply was lost.</summary>
    OutcomeUnknown,

    /// <summary>The server does not let this account write to that receiver (itself, a stranger, a read-only account).</summary>
    ReceiverNotAllowed,

    /// <summary>The server refused the request with a code.</summary>
    Refused,

    /// <summary>Whether the message was sent is not known; the subject is its ClientMsgId.</summary>
    SendOutcomeUnknown,

    /// <summary>There is nothing to send.</summary>
    EmptyMessage,

    /// <summary>The file is empty: WeChat does not take it.</summary>
    EmptyFile,

    /// <summary>The file is larger than WeChat takes.</summary>
    FileTooLarge,

    /// <summary>The message is of a kind that cannot be passed on.</summary>
    NotForwardable,

    /// <summary>The message was sent too long ago to be taken back.</summary>
    RevokeTooLate,

    /// <summary>The message is not in the inbox (any more).</summary>
    MessageNotFound,

    /// <summary>A file or folder that cannot be read or written.</summary>
    FileUnavailable,

    /// <summary>A file of that name exists and must not be replaced.</summary>
    FileExists,

    /// <summary>A message, or a contact, that has nothing to save.</summary>
    NoMedia,

    /// <summary>WeChat does not offer this on the web: a sticker from the store, a video that only phones get, something that has expired.</summary>
    MediaUnavailable,

    /// <summary>The emulator is not running, or refused what it was asked.</summary>
    EmulatorFailed,
}
