using System;

namespace WeChatPS.Web;

/// <summary>The reply to a change: to contacts, groups or friendships.</summary>
/// <param name="Endpoint">Whose.</param>
/// <param name="Response">Whether it was made; its words may be shown to the user.</param>
/// <param name="Group">The user name of a group that was made; empty otherwise.</param>
internal sealed record ChangeReply(string Endpoint, BaseResponse Response, string Group)
{
    /// <exception cref="WireReplyException">It is not such a reply.</exception>
    public static ChangeReply Parse(string endpoint, ReadOnlySpan<byte> body)
    {
        JsonSlice root = ReplyJson.Open(endpoint, body);
        return new ChangeReply(endpoint, BaseResponse.Read(endpoint, root, body), root.Find("ChatRoomName"u8).AsText());
    }
}
