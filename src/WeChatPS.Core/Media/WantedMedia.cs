using System;

namespace WeChatPS.Media;

/// <summary>Media to download.</summary>
/// <param name="Endpoint">The endpoint's short name.</param>
/// <param name="Uri">The address.</param>
/// <param name="Class">The expected class.</param>
/// <param name="Subject">The noun for messages: <c>the image from 张三</c>.</param>
internal sealed record WantedMedia(string Endpoint, Uri Uri, MediaClass Class, string Subject)
{
    /// <summary>The expected size in bytes; 0 when unknown.</summary>
    public long Size { get; init; }

    /// <summary>Whether the server requires a Range header (webwxgetvideo returns 0 bytes without it).</summary>
    public bool NeedsRange { get; init; }

    /// <summary>The Referer header, or null.</summary>
    public Uri? Referer { get; init; }

    /// <summary>Whether the server may send an empty response at first.</summary>
    public bool MayComeLate { get; init; }
}
