using System;
using System.IO.Hashing;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>The number by which duplicates of a message are recognized.</summary>
internal static class MessageIdentity
{
    /// <summary>Gets the message's id, or a hash of its content without an id.</summary>
    /// <param name="item">The message.</param>
    /// <param name="bytes">The bytes, even if they are not a JSON object.</param>
    public static ulong Of(JsonSlice item, ReadOnlySpan<byte> bytes)
    {
        JsonSlice id = item.Find("MsgId"u8);
        if (id.TryGetUInt64(out ulong number))
            return number != 0 ? number : XxHash64.HashToUInt64(bytes);
        bool hasText = id.IsString && id.Length > 2;
        return XxHash64.HashToUInt64(hasText ? id.Bytes : bytes);
    }
}
