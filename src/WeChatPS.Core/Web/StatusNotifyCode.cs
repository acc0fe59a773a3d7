namespace WeChatPS.Web;

/// <summary>What a client tells the phone, and the phone its other clients.</summary>
internal enum StatusNotifyCode
{
    /// <summary>A conversation was read.</summary>
    Read = 1,

    /// <summary>A conversation was opened.</summary>
    Entered = 2,

    /// <summary>The client has started.</summary>
    Started = 3,

    /// <summary>The list of recent conversations.</summary>
    RecentChats = 4,

    /// <summary>A conversation was left.</summary>
    Left = 5,
}
