using System;
using System.Linq;

namespace WeChatPS.Web;

/// <summary>The response to jslogin: the uuid of a new QR code, which must not appear in logs.</summary>
internal static class NewCodeReply
{
    private const string Endpoint = "jslogin";

    /// <exception cref="WireReplyException">The response has no uuid, or one that cannot be part of an address.</exception>
    public static string Parse(ReadOnlySpan<byte> body)
    {
        var script = new ScriptReply(WireText.FromUtf8(body));
        int? code = script.FindNumber("window.QRLogin.code");
        if (code != 200)
            throw new WireReplyException(Endpoint, code is null ? "it has no QR code" : $"the server refused a QR code ({code})", body);
        string uuid = script.Find("window.QRLogin.uuid") ?? "";
        return IsUuid(uuid) ? uuid : throw new WireReplyException(Endpoint, "the QR code's id is missing or malformed", body);
    }

    public static bool IsUuid(string text) => text.Length is > 0 and <= 128
        && text.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '=' or '_' or '-' or '+');
}

/// <summary>The progress of a login. Codes: the official web client and openwechat's <c>bot_login.go</c>.</summary>
internal enum LoginProgress
{
    /// <summary>Not scanned or not confirmed yet (408).</summary>
    Waiting,

    /// <summary>Scanned, not yet confirmed (201).</summary>
    Scanned,

    /// <summary>Confirmed (200).</summary>
    Confirmed,

    /// <summary>Cancelled on the phone (202).</summary>
    Cancelled,

    /// <summary>The QR code has expired or is unknown (400).</summary>
    Expired,

    /// <summary>The server failed (500, 0 or any other code). A new QR code is needed.</summary>
    Failed,
}

/// <summary>The response to a login poll.</summary>
/// <param name="Progress">The progress of the login.</param>
/// <param name="Code">The server's code.</param>
/// <param name="Redirect">The address of the login page after the confirmation. It contains the login's ticket, and its host must still be checked.</param>
internal sealed record LoginPollReply(LoginProgress Progress, int Code, Uri? Redirect)
{
    private const string Endpoint = "login";

    /// <summary>The avatar of the person who scanned the QR code (JPEG), or null.</summary>
    public byte[]? Avatar { get; private init; }

    /// <exception cref="WireReplyException">The response has no code, or confirms without an address.</exception>
    public static LoginPollReply Parse(ReadOnlySpan<byte> body)
    {
        var script = new ScriptReply(WireText.FromUtf8(body));
        int code = script.FindNumber("window.code") ?? throw new WireReplyException(Endpoint, "it has no code", body);
        LoginProgress progress = code switch
        {
            408 => LoginProgress.Waiting,
            201 => LoginProgress.Scanned,
            200 => LoginProgress.Confirmed,
            202 => LoginProgress.Cancelled,
            400 => LoginProgress.Expired,
            _ => LoginProgress.Failed,
        };
        if (progress != LoginProgress.Confirmed)
            return new LoginPollReply(progress, code, null) { Avatar = ReadAvatar(script.Find("window.userAvatar")) };
        return Uri.TryCreate(script.Find("window.redirect_uri"), UriKind.Absolute, out Uri? redirect)
            && (redirect.Scheme == Uri.UriSchemeHttps || redirect.Scheme == Uri.UriSchemeHttp)
            ? new LoginPollReply(progress, code, redirect)
            : throw new WireReplyException(Endpoint, "it confirms the login without an address", body);
    }

    // A data URI: data:image/…;base64,…. An unreadable avatar is left out.
    private static byte[]? ReadAvatar(string? text)
    {
        const string Mark = ";base64,";
        if (text is null || !text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return null;
        int at = text.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        try
        {
            return at >= 0 && Convert.FromBase64String(text.Substring(at + Mark.Length)) is { Length: > 0 } avatar ? avatar : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // The redirect contains a ticket.
    public override string ToString() => $"{Progress} ({Code})";
}

/// <summary>The response to a push login.</summary>
/// <param name="Ret">0: the phone asks for the confirmation.</param>
/// <param name="Message">The server's text.</param>
/// <param name="Uuid">The uuid for the login poll.</param>
internal sealed record PushLoginReply(int Ret, string Message, string Uuid)
{
    private const string Endpoint = "webwxpushloginurl";

    public bool IsAccepted => Ret == 0;

    /// <exception cref="WireReplyException">The response is invalid, or has no uuid despite Ret 0.</exception>
    public static PushLoginReply Parse(ReadOnlySpan<byte> body)
    {
        JsonSlice root = ReplyJson.Open(Endpoint, body);
        JsonSlice ret = root.Find("ret"u8);
        if (ret.Length == 0)
            throw new WireReplyException(Endpoint, "ret is missing", body);
        var reply = new PushLoginReply(ret.AsInt32(), root.Find("msg"u8).AsText(), root.Find("uuid"u8).AsText());
        return !reply.IsAccepted || NewCodeReply.IsUuid(reply.Uuid)
            ? reply
            : throw new WireReplyException(Endpoint, "the login's id is missing or malformed", body);
    }

    public override string ToString() => $"push login ({Ret})";
}
