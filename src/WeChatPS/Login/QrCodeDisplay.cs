namespace WeChatPS;

/// <summary>How Connect-WeChat shows the QR code.</summary>
public enum QrCodeDisplay : long
{
    /// <summary>Drawn in the terminal.</summary>
    Console,

    /// <summary>Written to a PNG file that only its owner can read.</summary>
    File,

    /// <summary>Not shown: its address is in the information stream, tagged WeChat.Login, and in the verbose stream.</summary>
    None,
}
