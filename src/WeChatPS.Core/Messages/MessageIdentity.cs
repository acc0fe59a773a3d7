using System;
using System.IO.Hashing;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>The number by which the server's replays of a message are recognised.</summary>
internal static class MessageIdentity
{
    /// <summary>The message's own id where it has one; otherwise a hash of what it has instead.</summary>
    public static ulong Of(JsonSlice item)
    {
        JsonSlice id = item.Find("MsgId"u8);
        if (id.TryGetUInt64(out ulong number) && number != 0)
            return number;
        bool hasText = id.IsString && id.Length > 2 && number == 0 && !id.Bytes.SequenceEqual("\"0\""u8);
        return XxHash64.HashToUInt64(hasText ? id.Bytes : item.Bytes);
    }
}
