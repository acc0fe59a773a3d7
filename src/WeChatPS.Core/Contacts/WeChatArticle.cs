using System;

namespace WeChatPS;

/// <summary>An article that an official account sent to those who follow it.</summary>
public sealed record WeChatArticle
{
    internal WeChatArticle(WeChatContact from) => From = from;

    /// <summary>The official account.</summary>
    public WeChatContact From { get; internal init; }

    /// <summary>When it was sent; several articles may have been sent as one message.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>The headline.</summary>
    public string Title { get; internal init; } = "";

    /// <summary>What it is about, in the account's words; empty when it gave none.</summary>
    public string Digest { get; internal init; } = "";

    /// <summary>Where to read it.</summary>
    public string Url { get; internal init; } = "";

    /// <summary>Its picture; empty when it has none.</summary>
    public string CoverUrl { get; internal init; } = "";

    /// <summary>The account and the headline, fit for a terminal.</summary>
    public override string ToString() => $"{From}: {DisplayText.Visible(Title)}";
}
