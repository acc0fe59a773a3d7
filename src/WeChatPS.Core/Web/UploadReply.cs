using System;

namespace WeChatPS.Web;

/// <summary>The reply to a piece of a file, and to the question before a large one.</summary>
/// <param name="Response">Whether it was accepted.</param>
/// <param name="MediaId">What the whole file is known by from now on; empty while the server does not have it.</param>
/// <param name="AesKey">For a large file: to be shown with every piece.</param>
/// <param name="Signature">For a large file: to be shown with every piece, and with the message.</param>
internal sealed record UploadReply(BaseResponse Response, string MediaId, string AesKey, string Signature)
{
    /// <exception cref="WireReplyException">It is not such a reply.</exception>
    public static UploadReply Parse(string endpoint, ReadOnlySpan<byte> body)
    {
        JsonSlice root = ReplyJson.Open(endpoint, body);
        return new UploadReply(
            BaseResponse.Read(endpoint, root, body),
            root.Find("MediaId"u8).AsText(),
            root.Find("AESKey"u8).AsText(),
            root.Find("Signature"u8).AsText());
    }
}
