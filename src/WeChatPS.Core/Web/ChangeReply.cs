using System;

namespace WeChatPS.Web;

/// <summary>The response to a change of contacts, groups or friendships.</summary>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Response">The result. Its text may be shown to the user.</param>
/// <param name="Group">The user name of a created group; otherwise empty.</param>
internal sealed record ChangeReply(string Endpoint, BaseResponse Response, string Group)
{
    /// <exception cref="WireReplyException">The response is invalid.</exception>
    public static ChangeReply Parse(string endpoint, ReadOnlySpan<byte> body)
    {
        JsonSlice root = ReplyJson.Open(endpoint, body);
        return new ChangeReply(endpoint, BaseResponse.Read(endpoint, root, body), root.Find("ChatRoomName"u8).AsText());
    }
}
