namespace WeChatPS.Login;

/// <summary>The texts for the steps of a login.</summary>
internal static class LoginWords
{
    /// <summary>Gets the line to show for a step. It may contain text from the server.</summary>
    public static string For(LoginEvent step) => step switch
    {
        LoginEvent.Resuming => "Resuming the saved session.",
        LoginEvent.ResumeFailed failed => $"The saved session cannot be resumed: {failed.Why}",
        LoginEvent.Pushed => "Confirm the login in WeChat on your phone.",
        LoginEvent.QrCode code => $"Scan this QR code with WeChat on your phone (QR code {code.Attempt} of {code.Of}): {code.Text}",
        LoginEvent.Scanned => "Scanned. Confirm the login on your phone.",
        LoginEvent.Confirmed => "Confirmed on the phone.",
        LoginEvent.SentElsewhere sent => $"WeChat redirected the login to {sent.Host}. It starts again with a new QR code.",
        LoginEvent.Cancelled => "Cancelled on the phone.",
        LoginEvent.Expired => "The QR code has expired.",
        _ => step.ToString(),
    };
}
