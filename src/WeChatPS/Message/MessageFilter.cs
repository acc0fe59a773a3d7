using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace WeChatPS.Message;

/// <summary>Chooses which messages Receive-WeChatMessage emits. Contacts are fixed to ids before the first message: names can change.</summary>
internal sealed class MessageFilter
{
    // what a contact sends must not be able to hold up the stream
    private static readonly TimeSpan s_matchTimeout = TimeSpan.FromSeconds(1);

    private readonly Regex? _pattern;

    public MessageFilter(string? pattern)
    {
        try
        {
            _pattern = pattern is null ? null : new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, s_matchTimeout);
        }
        catch (ArgumentException invalid)
        {
            throw new WeChatException(WeChatErrorReason.InvalidPattern, $"-Match is not a regular expression: {invalid.Message}", invalid) { Subject = pattern };
        }
    }

    /// <summary>The senders wanted; everybody when null.</summary>
    public IReadOnlyCollection<string>? From { get; init; }

    /// <summary>The groups wanted; every chat when null.</summary>
    public IReadOnlyCollection<string>? Groups { get; init; }

    /// <summary>The kinds wanted; when null all but <see cref="MessageKind.Status"/>, which is the phone's bookkeeping.</summary>
    public IReadOnlyCollection<MessageKind>? Kinds { get; init; }

    public bool OnlyMentions { get; init; }

    public bool IncludeSelf { get; init; }

    public bool Wants(WeChatMessage message) =>
        (Kinds?.Contains(message.Kind) ?? message.Kind != MessageKind.Status)
        && (IncludeSelf || !message.IsFromSelf)
        && (!OnlyMentions || message.MentionsMe)
        && (Groups is null || (message.Group is { } group && Groups.Contains(group.UserName)))
        && (From is null || From.Contains(message.Sender?.UserName ?? message.From.UserName) || From.Contains(message.From.UserName))
        && Matches(message.Text);

    private bool Matches(string text)
    {
        try
        {
            return _pattern?.IsMatch(text) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
