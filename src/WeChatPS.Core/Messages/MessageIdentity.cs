using System;
using System.IO.Hashing;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>The number by which the server's replays of a message are recognised.</summary>
internal static class MessageIdentity
{
    /// <summary>The message's own id where it has one; otherwise a hash of what it has instead.</summary>
    /// <param name="item">The message.</param>
    /// <param name="bytes">Its bytes, also when they are no JSON object.</param>
    public static ulong Of(JsonSlice item, ReadOnlySpan<byte> bytes)
    {
        JsonSlice id = item.Find("MsgId"u8);
        if (id.TryGetUInt64(out ulong number))
            return number != 0 ? number : XxHash64.HashToUInt64(bytes);
        bool hasText = id.IsString && id.Length > 2;
        return XxHash64.HashToUInt64(hasText ? id.Bytes : bytes);
    }
}
