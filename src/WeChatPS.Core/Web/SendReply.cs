using System;

namespace WeChatPS.Web;

/// <summary>The reply to a message, and to a status notification, which is one.</summary>
/// <param name="Response">Whether it was accepted; its words may be shown to the user.</param>
/// <param name="MessageId">The server's id of the message.</param>
internal sealed record SendReply(BaseResponse Response, string MessageId)
{
    /// <param name="endpoint">The request's name.</param>
    /// <param name="body">The reply.</param>
    /// <param name="clientMsgId">The identity of the message that was sent, which the server gives back.</param>
    /// <exception cref="WireReplyException">It is not such a reply, or that to another message: nobody can tell by it what became of this one.</exception>
    public static SendReply Parse(string endpoint, ReadOnlySpan<byte> body, string clientMsgId)
    {
        JsonSlice root = ReplyJson.Open(endpoint, body);
        var reply = new SendReply(BaseResponse.Read(endpoint, root, body), root.Find("MsgID"u8).AsText());
        if (reply.Response.Ret != 0) return reply;
        if (reply.MessageId.Length == 0) throw new WireReplyException(endpoint, "MsgID is missing", body);
        string given = root.Find("LocalID"u8).AsText();
        return given.Length == 0 || given == clientMsgId ? reply : throw new WireReplyException(endpoint, "it belongs to another message", body);
    }
}
