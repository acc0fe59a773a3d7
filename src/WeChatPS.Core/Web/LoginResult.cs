namespace WeChatPS.Web;

/// <summary>The result of a login: servers, credentials and the response to webwxinit.</summary>
internal sealed record LoginResult(WebEndpoints Endpoints, WebCredentials Credentials, InitReply Init);
