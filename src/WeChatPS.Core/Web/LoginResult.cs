namespace WeChatPS.Web;

/// <summary>A session as a login brings it.</summary>
internal sealed record LoginResult(WebEndpoints Endpoints, WebCredentials Credentials, InitReply Init);
