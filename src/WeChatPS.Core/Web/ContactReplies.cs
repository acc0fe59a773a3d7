using System;
using System.Collections.Generic;

namespace WeChatPS.Web;

/// <summary>A page of the address book.</summary>
/// <param name="Response">Whether it went well.</param>
/// <param name="Contacts">What the page holds.</param>
/// <param name="Next">Where the next page begins; 0 after the last.</param>
internal sealed record ContactPageReply(BaseResponse Response, IReadOnlyList<WeChatContact> Contacts, long Next)
{
    private const string Endpoint = "webwxgetcontact";

    /// <exception cref="WireReplyException">It is not this endpoint's reply.</exception>
    public static ContactPageReply Parse(ReadOnlySpan<byte> body)
    {
        JsonSlice root = ReplyJson.Open(Endpoint, body);
        return new ContactPageReply(
            BaseResponse.Read(Endpoint, root, body), ContactJson.ReadList(root.Find("MemberList"u8)), root.Find("Seq"u8).AsInt64());
    }
}

/// <summary>Everything about some contacts. Neither order nor completeness is promised: match by user name.</summary>
/// <param name="Response">Whether it went well.</param>
/// <param name="Contacts">What the server knows of those that were asked for.</param>
internal sealed record ContactDetailsReply(BaseResponse Response, IReadOnlyList<WeChatContact> Contacts)
{
    private const string Endpoint = "webwxbatchgetcontact";

    /// <exception cref="WireReplyException">It is not this endpoint's reply.</exception>
    public static ContactDetailsReply Parse(ReadOnlySpan<byte> body)
    {
        JsonSlice root = ReplyJson.Open(Endpoint, body);
        return new ContactDetailsReply(BaseResponse.Read(Endpoint, root, body), ContactJson.ReadList(root.Find("ContactList"u8), isDetailed: true));
    }
}
