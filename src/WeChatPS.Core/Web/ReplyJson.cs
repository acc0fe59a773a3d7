using System;

namespace WeChatPS.Web;

/// <summary>Opens JSON replies.</summary>
internal static class ReplyJson
{
    /// <summary>The object that a reply is.</summary>
    /// <exception cref="WireReplyException">It is no object, or not whole.</exception>
    public static JsonSlice Open(string endpoint, ReadOnlySpan<byte> body)
    {
        JsonSlice root = JsonSlice.Root(body);
        if (!root.IsObject)
            throw new WireReplyException(endpoint, "it is not JSON", body);
        JsonProperties properties = root.Properties;
        while (properties.MoveNext())
        {
        }
        return properties.IsComplete ? root : throw Broken(endpoint, body);
    }

    public static WireReplyException Broken(string endpoint, ReadOnlySpan<byte> body) =>
        new(endpoint, "the JSON is broken or cut short", body);
}

/// <summary>What nearly every reply says first.</summary>
/// <param name="Ret">0 is well.</param>
/// <param name="ErrMsg">The server's own words; usually none.</param>
internal readonly record struct BaseResponse(int Ret, string ErrMsg)
{
    /// <exception cref="WireReplyException">There is none: this is another endpoint's reply, or another server's.</exception>
    public static BaseResponse Read(string endpoint, JsonSlice root, ReadOnlySpan<byte> body)
    {
        JsonSlice value = root.Find("BaseResponse"u8);
        return value.IsObject && value.Find("Ret"u8).Length > 0
            ? Read(value)
            : throw new WireReplyException(endpoint, "BaseResponse or its Ret is missing", body);
    }

    public static BaseResponse Read(JsonSlice value) => new(value.Find("Ret"u8).AsInt32(), value.Find("ErrMsg"u8).AsText());
}
