using System;
using System.Collections.Generic;

namespace WeChatPS.Web;

/// <summary>A page of the address book.</summary>
/// <param name="Response">The result.</param>
/// <param name="Contacts">The contacts of the page.</param>
/// <param name="Next">The <c>seq</c> of the next page; 0 after the last page.</param>
internal sealed record ContactPageReply(BaseResponse Response, IReadOnlyList<WeChatContact> Contacts, long Next)
{
    private const string Endpoint = "webwxgetcontact";

    /// <exception cref="WireReplyException">The response is invalid.</exception>
    public static ContactPageReply Parse(ReadOnlySpan<byte> body)
    {
        JsonSlice root = ReplyJson.Open(Endpoint, body);
        return new ContactPageReply(
            BaseResponse.Read(Endpoint, root, body), ContactJson.ReadList(root.Find("MemberList"u8)), root.Find("Seq"u8).AsInt64());
    }
}

/// <summary>The details of some contacts. The server may change the order and leave contacts out, so match by user name.</summary>
/// <param name="Response">The result.</param>
/// <param name="Contacts">The contacts that the server returned.</param>
internal sealed record ContactDetailsReply(BaseResponse Response, IReadOnlyList<WeChatContact> Contacts)
{
    private const string Endpoint = "webwxbatchgetcontact";

    /// <exception cref="WireReplyException">The response is invalid.</exception>
    public static ContactDetailsReply Parse(ReadOnlySpan<byte> body)
    {
        JsonSlice root = ReplyJson.Open(Endpoint, body);
        return new ContactDetailsReply(BaseResponse.Read(Endpoint, root, body), ContactJson.ReadList(root.Find("ContactList"u8), isDetailed: true));
    }
}
