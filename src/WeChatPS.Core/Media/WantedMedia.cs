using System;

namespace WeChatPS.Media;

/// <summary>Something that can be fetched.</summary>
/// <param name="Endpoint">The endpoint's short name.</param>
/// <param name="Uri">Where it is.</param>
/// <param name="Class">What it has to be.</param>
/// <param name="Subject">What it is, in words: <c>the picture from 张三</c>.</param>
internal sealed record WantedMedia(string Endpoint, Uri Uri, MediaClass Class, string Subject)
{
    /// <summary>How large it is known to be, in bytes; 0 when that is not known.</summary>
    public long Size { get; init; }

    /// <summary>Whether the server gives it only to those who ask for a range.</summary>
    public bool NeedsRange { get; init; }

    /// <summary>The page that a browser would say it asks from; null where it need not say so.</summary>
    public Uri? Referer { get; init; }

    /// <summary>Whether the server may say nothing at first and bring it a moment later.</summary>
    public bool MayComeLate { get; init; }
}
