using System;

namespace WeChatPS.Web;

/// <summary>Reads JSON responses.</summary>
internal static class ReplyJson
{
    /// <summary>Gets the root object of a response.</summary>
    /// <exception cref="WireReplyException">The response is not an object, or incomplete.</exception>
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

/// <summary>The result in nearly every response.</summary>
/// <param name="Ret">0 for success.</param>
/// <param name="ErrMsg">The server's text, usually empty.</param>
internal readonly record struct BaseResponse(int Ret, string ErrMsg)
{
    /// <exception cref="WireReplyException">The response has no BaseResponse, so it is not from this endpoint.</exception>
    public static BaseResponse Read(string endpoint, JsonSlice root, ReadOnlySpan<byte> body)
    {
        JsonSlice value = root.Find("BaseResponse"u8);
        return value.IsObject && value.Find("Ret"u8).Length > 0
            ? Read(value)
            : throw new WireReplyException(endpoint, "BaseResponse or its Ret is missing", body);
    }

    public static BaseResponse Read(JsonSlice value) => new(value.Find("Ret"u8).AsInt32(), value.Find("ErrMsg"u8).AsText());
}
