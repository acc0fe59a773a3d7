using System;

namespace WeChatPS.Web;

/// <summary>The reply to a long poll: <c>window.synccheck={retcode:"0",selector:"2"}</c>, read leniently.</summary>
/// <param name="RetCode">0 is well.</param>
/// <param name="Selector">0: nothing new; anything else: fetch.</param>
internal readonly record struct SyncCheckReply(int RetCode, int Selector)
{
    private const string Endpoint = "synccheck";

    /// <exception cref="WireReplyException">It is not this endpoint's reply.</exception>
    public static SyncCheckReply Parse(ReadOnlySpan<byte> body)
    {
        string text = WireText.FromUtf8(body);
        if (text.IndexOf("synccheck", StringComparison.Ordinal) < 0)
            throw new WireReplyException(Endpoint, "it is not a synccheck reply", body);
        var script = new ScriptReply(text);
        int? code = script.FindNumber("retcode") ?? script.FindNumber("retcode\"");
        int? selector = script.FindNumber("selector") ?? script.FindNumber("selector\"");
        // a code that says why is enough without a selector, which is then of no use
        return code switch
        {
            null => throw new WireReplyException(Endpoint, "retcode is missing", body),
            0 when selector is null => throw new WireReplyException(Endpoint, "selector is missing", body),
            _ => new SyncCheckReply(code.Value, selector ?? 0),
        };
    }
}
