using System;

namespace WeChatPS.Web;

/// <summary>The reply to a message, and to a status notification, which is one.</summary>
/// <param name="Response">Whether it was accepted; its words may be shown to the user.</param>
/// <param name="MessageId">The server's id of the message.</param>
/// <param name="LocalId">Our own, given back.</param>
internal sealed record SendReply(BaseResponse Response, string MessageId, string LocalId)
{
    /// <exception cref="WireReplyException">It is not such a reply.</exception>
    public static SendReply Parse(string endpoint, ReadOnlySpan<byte> body)
    {
        JsonSlice root = ReplyJson.Open(endpoint, body);
        return new SendReply(
            BaseResponse.Read(endpoint, root, body), root.Find("MsgID"u8).AsText(), root.Find("LocalID"u8).AsText());
    }
}
