using System;

namespace WeChatPS;

/// <summary>An article from an official account.</summary>
public sealed record WeChatArticle
{
    internal WeChatArticle(WeChatContact from) => From = from;

    /// <summary>The official account.</summary>
    public WeChatContact From { get; internal init; }

    /// <summary>The time when the article was sent. Several articles may belong to one message.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>The headline.</summary>
    public string Title { get; internal init; } = "";

    /// <summary>The account's summary; empty without one.</summary>
    public string Digest { get; internal init; } = "";

    /// <summary>The address of the article.</summary>
    public string Url { get; internal init; } = "";

    /// <summary>The address of the cover image; empty without one.</summary>
    public string CoverUrl { get; internal init; } = "";

    /// <summary>Gets the account and the headline, safe for a terminal.</summary>
    public override string ToString() => $"{From}: {DisplayText.Visible(Title)}";
}
