using System;

namespace WeChatPS.Web;

/// <summary>The response to a long poll: <c>window.synccheck={retcode:"0",selector:"2"}</c>, parsed leniently.</summary>
/// <param name="RetCode">0 for success.</param>
/// <param name="Selector">0 for no change; any other value requires a fetch.</param>
internal readonly record struct SyncCheckReply(int RetCode, int Selector)
{
    private const string Endpoint = "synccheck";

    /// <exception cref="WireReplyException">The response is invalid.</exception>
    public static SyncCheckReply Parse(ReadOnlySpan<byte> body)
    {
        string text = WireText.FromUtf8(body);
        if (text.IndexOf("synccheck", StringComparison.Ordinal) < 0)
            throw new WireReplyException(Endpoint, "it is not a synccheck reply", body);
        var script = new ScriptReply(text);
        int? code = script.FindNumber("retcode");
        int? selector = script.FindNumber("selector");
        // A retcode other than 0 needs no selector.
        return code switch
        {
            null => throw new WireReplyException(Endpoint, "retcode is missing", body),
            0 when selector is null => throw new WireReplyException(Endpoint, "selector is missing", body),
            _ => new SyncCheckReply(code.Value, selector ?? 0),
        };
    }
}
