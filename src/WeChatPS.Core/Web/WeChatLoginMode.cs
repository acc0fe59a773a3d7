namespace WeChatPS;

/// <summary>The Tencent client as which a session logs in.</summary>
public enum WeChatLoginMode : long
{
    /// <summary>The web client.</summary>
    Web,

    /// <summary>The desktop client for UOS. Some accounts that the web client refuses (1203) can log in this way, but WeChat may restrict them.</summary>
    Desktop,
}
