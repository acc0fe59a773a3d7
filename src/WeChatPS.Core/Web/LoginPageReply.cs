using System;
using System.Globalization;
using System.Xml.Linq;

namespace WeChatPS.Web;

/// <summary>
/// The response to webwxnewloginpage with any status (200, or 301 without a Location): credentials, a refusal, or a redirect to another server.
/// </summary>
internal sealed class LoginPageReply
{
    private const string Endpoint = "webwxnewloginpage";

    private LoginPageReply(int ret, string message) => (Ret, Message) = (ret, message);

    /// <summary>0 for success; 1203 for a restricted account.</summary>
    public int Ret { get; }

    /// <summary>The server's text; may be empty.</summary>
    public string Message { get; }

    public bool IsRefused => Ret != 0;

    /// <summary>The server at which the login must start again, without credentials; otherwise null.</summary>
    public Uri? Elsewhere { get; private init; }

    private string Skey { get; init; } = "";

    private string Sid { get; init; } = "";

    private long Uin { get; init; }

    private string PassTicket { get; init; } = "";

    /// <exception cref="WireReplyException">The response is not this page, or credentials are missing despite Ret 0.</exception>
    public static LoginPageReply Parse(ReadOnlySpan<byte> body)
    {
        XElement? page = WireXml.Parse(WireText.FromUtf8(body));
        if (page?.Name.LocalName != "error")
            throw new WireReplyException(Endpoint, "it is not a login page", body);
        if (!int.TryParse(page.Text("ret"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int ret))
            throw new WireReplyException(Endpoint, "ret is missing", body);
        if (ret != 0)
            return new LoginPageReply(ret, page.Text("message"));
        if (page.Text("redirecturl") is { Length: > 0 } elsewhere)
        {
            return Uri.TryCreate(elsewhere, UriKind.Absolute, out Uri? server)
                ? new LoginPageReply(ret, "") { Elsewhere = server }
                : throw new WireReplyException(Endpoint, "its redirecturl is not an address", body);
        }

        bool hasUin = long.TryParse(page.Text("wxuin"), NumberStyles.None, CultureInfo.InvariantCulture, out long uin);
        var reply = new LoginPageReply(ret, page.Text("message"))
        {
            Skey = page.Text("skey"),
            Sid = page.Text("wxsid"),
            Uin = uin,
            PassTicket = page.Text("pass_ticket"),
        };
        return hasUin && reply.Skey.Length > 0 && reply.Sid.Length > 0 && reply.PassTicket.Length > 0
            ? reply
            : throw new WireReplyException(Endpoint, "credentials are missing", body);
    }

    /// <summary>Gets the credentials of the new session. Call this only without a refusal or redirect.</summary>
    public WebCredentials ToCredentials(string deviceId) => !IsRefused && Elsewhere is null
        ? new WebCredentials(Uin, Sid, Skey, PassTicket, deviceId)
        : throw new InvalidOperationException("The login has no credentials.");
}
