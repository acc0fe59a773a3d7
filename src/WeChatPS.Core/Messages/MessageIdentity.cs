using System;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using WeChatPS.Sync;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>The number by which duplicates of a message are recognized.</summary>
internal static class MessageIdentity
{
    /// <summary>Creates the item for the inbox.</summary>
    public static SyncItem Identify(JsonSlice item, ReadOnlyMemory<byte> bytes)
    {
        ulong id = Of(item, bytes.Span), earlier = EarlierOf(item, bytes.Span);
        return new SyncItem(id, bytes) { EarlierId = earlier == id ? 0 : earlier };
    }

    /// <summary>Gets the number that MsgId and NewMsgId are, or a hash of the pair if they differ, or of the content without an id.</summary>
    /// <param name="item">The message.</param>
    /// <param name="bytes">The bytes, even if they are not a JSON object.</param>
    /// <remarks>
    /// The server sends one number twice (web-protocol.md), but either may be spoiled: servers written in JavaScript round NewMsgId to a double,
    /// and a captured MsgId is 1510000000000000000 for 1512190743315786023. Only messages of which both are the same are one.
    /// </remarks>
    public static ulong Of(JsonSlice item, ReadOnlySpan<byte> bytes)
    {
        ulong? id = Key(item.Find("MsgId"u8)), newId = Key(item.Find("NewMsgId"u8));
        if (id is not { } first || newId is not { } second) return newId ?? id ?? XxHash64.HashToUInt64(bytes);
        return first == second ? first : XxHash64.HashToUInt64(MemoryMarshal.AsBytes<ulong>([first, second]));
    }

    /// <summary>Gets the number by which versions 0.1 and 0.2 knew the message: their windows are still in the inbox.</summary>
    private static ulong EarlierOf(JsonSlice item, ReadOnlySpan<byte> bytes)
    {
        JsonSlice id = item.Find("MsgId"u8);
        if (id.TryGetUInt64(out ulong number))
            return number != 0 ? number : XxHash64.HashToUInt64(bytes);
        return XxHash64.HashToUInt64(IsText(id) ? id.Bytes : bytes);
    }

    private static ulong? Key(JsonSlice id)
    {
        if (id.TryGetUInt64(out ulong number) || TryRead(id.AsText(), out number)) return number == 0 ? null : number;
        return IsText(id) ? XxHash64.HashToUInt64(id.Bytes) : null;
    }

    // As texts of all kinds write an integer: " 5", "+5", 5.0, 5e0. A negative one is the same 64 bits, with a sign.
    private static bool TryRead(string text, out ulong number)
    {
        number = 0;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            || value != decimal.Truncate(value) || value < long.MinValue || value > ulong.MaxValue)
            return false;
        number = value < 0 ? unchecked((ulong)(long)value) : (ulong)value;
        return true;
    }

    private static bool IsText(JsonSlice id) => id.IsString && id.Length > 2;
}
