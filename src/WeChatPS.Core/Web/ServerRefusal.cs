namespace WeChatPS.Web;

/// <summary>The errors for the server's Ret codes when it refuses a request. Codes: the official web client and openwechat's <c>base_response.go</c>.</summary>
internal static class ServerRefusal
{
    /// <summary>The account cannot send to the recipient (wxpy and WeixinBot issue reports).</summary>
    public const int ReceiverNotAllowed = 1204;

    /// <summary>The account is throttled after too many requests, for minutes to hours.</summary>
    public const int TooOften = 1205;

    private const int LoggedOut = 1100;
    private const int NotLoggedIn = 1101;
    private const int CookieInvalid = 1102;
    private const int Restricted = 1203;

    /// <summary>Creates the error for a response whose Ret is not 0.</summary>
    public static WeChatException ToException(this BaseResponse response, string endpoint)
    {
        string words = response.ErrMsg.Length > 0 ? ": " + DisplayText.Visible(response.ErrMsg) : "";
        (WeChatErrorReason reason, string message) = response.Ret switch
        {
            LoggedOut => (WeChatErrorReason.LoggedOut, "The account was logged out on the phone or by another login"),
            NotLoggedIn or CookieInvalid => (WeChatErrorReason.SessionExpired, "WeChat no longer accepts the session"),
            Restricted => (WeChatErrorReason.AccountRestricted, "WeChat restricts this account or its login environment"),
            ReceiverNotAllowed => (WeChatErrorReason.ReceiverNotAllowed, "WeChat does not allow this account to send to the recipient"),
            TooOften => (WeChatErrorReason.Throttled, "WeChat throttled the account"),
            _ => (WeChatErrorReason.Refused, $"WeChat refused the request {endpoint}"),
        };
        return new WeChatException(reason, $"{message} (code {response.Ret}){words}.") { ServerCode = response.Ret };
    }

    /// <summary>Gets the error for a session that the server ended with a code.</summary>
    public static WeChatErrorReason EndReason(int code) =>
        code == LoggedOut ? WeChatErrorReason.LoggedOut : WeChatErrorReason.SessionExpired;
}
