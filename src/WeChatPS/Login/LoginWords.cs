namespace WeChatPS.Login;

/// <summary>Says in words what happens during a login.</summary>
internal static class LoginWords
{
    /// <summary>The line to show for an event, which may carry the server's own words.</summary>
    public static string For(LoginEvent step) => step switch
    {
        LoginEvent.Resuming => "Resuming the saved session.",
        LoginEvent.ResumeFailed failed => $"The saved session cannot be resumed: {failed.Why}",
        LoginEvent.Pushed => "The phone was asked: confirm the login in WeChat there.",
        LoginEvent.QrCode code => $"Scan this code with WeChat on the phone (code {code.Attempt} of {code.Of}): {code.Text}",
        LoginEvent.Scanned => "Scanned. Confirm the login on the phone.",
        LoginEvent.Confirmed => "Confirmed.",
        LoginEvent.SentElsewhere sent => $"WeChat wants this login at {sent.Host}: it begins there with a new code.",
        LoginEvent.Cancelled => "Cancelled on the phone.",
        LoginEvent.Expired => "The code has expired.",
        _ => step.ToString(),
    };
}
