using System;

namespace WeChatPS.Web;

/// <summary>The response to a message or status notification.</summary>
/// <param name="Response">The result. Its text may be shown to the user.</param>
/// <param name="MessageId">The server's id of the message.</param>
internal sealed record SendReply(BaseResponse Response, string MessageId)
{
    /// <param name="endpoint">The request's name.</param>
    /// <param name="body">The response's body.</param>
    /// <param name="clientMsgId">The ClientMsgId of the sent message, which the server returns.</param>
    /// <exception cref="WireReplyException">The response is invalid or belongs to another message, so the outcome is unknown.</exception>
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
