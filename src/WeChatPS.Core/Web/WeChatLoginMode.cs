namespace WeChatPS;

/// <summary>As which of Tencent's own clients a session logs in.</summary>
public enum WeChatLoginMode : long
{
    /// <summary>The web page.</summary>
    Web,

    /// <summary>The desktop client for UOS: accepted for some accounts that the page refuses (1203), at the account's own risk.</summary>
    Desktop,
}
