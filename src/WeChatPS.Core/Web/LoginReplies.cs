using System;
using System.Linq;

namespace WeChatPS.Web;

/// <summary>The reply to jslogin: the id of a new QR code. Whoever has it can offer the login, so it is not for logs.</summary>
internal static class NewCodeReply
{
    private const string Endpoint = "jslogin";

    /// <exception cref="WireReplyException">The server gave no code, or one that cannot be part of an address.</exception>
    public static string Parse(ReadOnlySpan<byte> body)
    {
        var script = new ScriptReply(WireText.FromUtf8(body));
        int? code = script.FindNumber("window.QRLogin.code");
        if (code != 200)
            throw new WireReplyException(Endpoint, code is null ? "it brings no QR code" : $"it refuses a QR code ({code})", body);
        string uuid = script.Find("window.QRLogin.uuid") ?? "";
        return IsUuid(uuid) ? uuid : throw new WireReplyException(Endpoint, "the QR code's id is missing or malformed", body);
    }

    public static bool IsUuid(string text) => text.Length is > 0 and <= 128
        && text.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '=' or '_' or '-' or '+');
}

/// <summary>How far a login is.</summary>
internal enum LoginProgress
{
    /// <summary>Nothing yet: ask again at once (408).</summary>
    Waiting,

    /// <summary>Scanned, not yet confirmed (201).</summary>
    Scanned,

    /// <summary>Confirmed (200).</summary>
    Confirmed,

    /// <summary>Cancelled on the phone (202).</summary>
    Cancelled,

    /// <summary>The code is too old or unknown (400).</summary>
    Expired,

    /// <summary>The server failed (500, 0, anything else): a new code is needed.</summary>
    Failed,
}

/// <summary>The reply to a login poll.</summary>
/// <param name="Progress">How far the login is.</param>
/// <param name="Code">The server's code.</param>
/// <param name="Redirect">Where to go on when confirmed. It carries the login's ticket, and where it leads has still to be checked.</param>
internal sealed record LoginPollReply(LoginProgress Progress, int Code, Uri? Redirect)
{
    private const string Endpoint = "login";

    /// <summary>The picture of whoever scanned the code, as the server brings it (JPEG); null where it does not.</summary>
    public byte[]? Avatar { get; private init; }

    /// <exception cref="WireReplyException">There is no code, or a confirmation that leads nowhere.</exception>
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
            return new LoginPollReply(progress, code, null) { Avatar = Picture(script.Find("window.userAvatar")) };
        return Uri.TryCreate(script.Find("window.redirect_uri"), UriKind.Absolute, out Uri? redirect)
            && (redirect.Scheme == Uri.UriSchemeHttps || redirect.Scheme == Uri.UriSchemeHttp)
            ? new LoginPollReply(progress, code, redirect)
            : throw new WireReplyException(Endpoint, "it confirms the login and does not say where to go on", body);
    }

    // data:image/…;base64,…: nothing depends on it, so what cannot be read is no picture
    private static byte[]? Picture(string? text)
    {
        const string Mark = ";base64,";
        if (text is null || !text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return null;
        int at = text.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        try
        {
            return at >= 0 && Convert.FromBase64String(text.Substring(at + Mark.Length)) is { Length: > 0 } picture ? picture : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // the redirect holds a ticket
    public override string ToString() => $"{Progress} ({Code})";
}

/// <summary>The reply to a push login.</summary>
/// <param name="Ret">0: the phone asks for confirmation now.</param>
/// <param name="Message">The server's own words.</param>
/// <param name="Uuid">What to poll with.</param>
internal sealed record PushLoginReply(int Ret, string Message, string Uuid)
{
    private const string Endpoint = "webwxpushloginurl";

    public bool IsAccepted => Ret == 0;

    /// <exception cref="WireReplyException">It is not this endpoint's reply, or it accepts without an id.</exception>
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
