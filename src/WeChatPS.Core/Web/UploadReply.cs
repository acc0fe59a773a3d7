using System;

namespace WeChatPS.Web;

/// <summary>The response to a piece of an upload (webwxuploadmedia) or to webwxcheckupload.</summary>
/// <param name="Response">The result.</param>
/// <param name="MediaId">The media id of the complete file; empty before the last piece.</param>
/// <param name="AesKey">The key of a large file, sent with every piece.</param>
/// <param name="Signature">The signature of a large file, sent with every piece and with the message.</param>
internal sealed record UploadReply(BaseResponse Response, string MediaId, string AesKey, string Signature)
{
    /// <exception cref="WireReplyException">The response is invalid.</exception>
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
