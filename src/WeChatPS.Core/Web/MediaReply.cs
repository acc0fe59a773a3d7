using System;
using WeChatPS.Media;

namespace WeChatPS.Web;

/// <summary>Detects refusals and pages that the server sends with status 200 instead of a file.</summary>
internal static class MediaReply
{
    /// <exception cref="WeChatException">The bytes are a refusal.</exception>
    public static void ThrowIfRefused(ReadOnlySpan<byte> head, WantedMedia wanted)
    {
        JsonSlice response = JsonSlice.Root(head).Find("BaseResponse"u8);
        if (response.IsObject && BaseResponse.Read(response) is { Ret: not 0 } refusal)
            throw refusal.ToException(wanted.Endpoint);
    }

    /// <summary>Whether the content is a page, a script or JSON instead of a file.</summary>
    public static bool IsPage(ReadOnlySpan<byte> head, string? contentType)
    {
        string type = contentType ?? "";
        string start = WireText.FromUtf8(head.Slice(0, Math.Min(64, head.Length))).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("{\"BaseResponse\"", StringComparison.Ordinal);
    }
}
