namespace WeChatPS;

/// <summary>The way Connect-WeChat shows the QR code.</summary>
public enum QrCodeDisplay : long
{
    /// <summary>Shown in the terminal.</summary>
    Console,

    /// <summary>Written to a PNG file that only its owner can read.</summary>
    File,

    /// <summary>Not shown. Its URL is in the information stream, tagged WeChat.Login.</summary>
    None,
}
