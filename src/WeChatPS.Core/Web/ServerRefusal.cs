namespace WeChatPS.Web;

/// <summary>What the server's codes mean for a request that it refused.</summary>
internal static class ServerRefusal
{
    /// <summary>The receiver may not be written to.</summary>
    public const int ReceiverNotAllowed = 1204;

    /// <summary>Too many requests; lasts minutes to hours, for the whole account.</summary>
    public const int TooOften = 1205;

    private const int SignedOutOnPhone = 1100;
    private const int NotLoggedIn = 1101;
    private const int CookieInvalid = 1102;
    private const int Restricted = 1203;

    /// <summary>The error for a reply whose Ret is not 0.</summary>
    public static WeChatException ToException(this BaseResponse response, string endpoint)
    {
        string words = response.ErrMsg.Length > 0 ? ": " + DisplayText.Visible(response.ErrMsg) : "";
        (WeChatErrorReason reason, string message) = response.Ret switch
        {
            SignedOutOnPhone => (WeChatErrorReason.LoggedOut, "The account was signed out on the phone or by another login"),
            NotLoggedIn or CookieInvalid => (WeChatErrorReason.SessionExpired, "WeChat no longer accepts the session"),
            Restricted => (WeChatErrorReason.AccountRestricted, "WeChat refuses this account or this environment"),
            ReceiverNotAllowed => (WeChatErrorReason.ReceiverNotAllowed, "WeChat does not let this account write to that receiver"),
            TooOften => (WeChatErrorReason.Throttled, "WeChat asks for less traffic"),
            _ => (WeChatErrorReason.Refused, $"WeChat refused {endpoint}"),
        };
        return new WeChatException(reason, $"{message} (code {response.Ret}){words}.") { ServerCode = response.Ret };
    }

    /// <summary>The error for a session that the server ended with this code.</summary>
    public static WeChatErrorReason EndReason(int code) =>
        code == SignedOutOnPhone ? WeChatErrorReason.LoggedOut : WeChatErrorReason.SessionExpired;
}
