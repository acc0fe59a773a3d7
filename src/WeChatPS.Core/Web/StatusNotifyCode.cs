namespace WeChatPS.Web;

/// <summary>The <c>Code</c> of webwxstatusnotify and the <c>StatusNotifyCode</c> of messages (official web client).</summary>
internal enum StatusNotifyCode
{
    /// <summary>A chat was read.</summary>
    Read = 1,

    /// <summary>A chat was opened.</summary>
    Entered = 2,

    /// <summary>The client has started.</summary>
    Started = 3,

    /// <summary>The list of recent chats.</summary>
    RecentChats = 4,

    /// <summary>A chat was closed.</summary>
    Left = 5,
}
