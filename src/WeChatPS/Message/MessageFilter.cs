using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Filters the messages for a receiver. Names are resolved to contacts before the first message, because names can change.</summary>
internal sealed record MessageFilter
{
    // A message text must not delay the stream.
    private static readonly TimeSpan s_matchTimeout = TimeSpan.FromMilliseconds(250);

    private readonly Regex? _pattern;

    public MessageFilter(Regex? pattern) => _pattern = pattern is null
        ? null
        : new Regex(pattern.ToString(), pattern.Options | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, s_matchTimeout);

    /// <summary>Creates a filter and resolves its names.</summary>
    /// <exception cref="WeChatException">ContactNotFound: no contact matches a name. AmbiguousContact: several do.</exception>
    public static async Task<MessageFilter> MakeAsync(
        WeChatSession session, ContactRef[]? from, ContactRef[]? groups, Regex? pattern, CancellationToken cancellationToken)
    {
        List<WeChatContact>? people = from is null ? null : [];
        foreach (ContactRef wanted in from ?? [])
            people!.Add(await wanted.ResolveAsync(session, cancellationToken));
        List<WeChatContact>? chats = groups is null ? null : [];
        foreach (ContactRef wanted in groups ?? [])
            chats!.Add(await wanted.ResolveGroupAsync(session, cancellationToken));
        return new MessageFilter(pattern) { From = people, Groups = chats };
    }

    /// <summary>The people or groups that a message must come from; null for all.</summary>
    public IReadOnlyCollection<WeChatContact>? From { get; init; }

    /// <summary>The groups that a message must be in; null for all chats.</summary>
    public IReadOnlyCollection<WeChatContact>? Groups { get; init; }

    /// <summary>The kinds of messages; null for all except <see cref="MessageKind.Status"/>, which the phone sends for itself.</summary>
    public IReadOnlyCollection<MessageKind>? Kinds { get; init; }

    /// <summary>The kinds of chats: with a friend, a group, an official account …; null for all.</summary>
    public IReadOnlyCollection<ContactKind>? FromKinds { get; init; }

    public bool OnlyMentions { get; init; }

    public bool IncludeStatus { get; init; }

    public bool IncludeSelf { get; init; }

    /// <summary>The number of skipped messages.</summary>
    public int Skipped { get; private set; }

    public bool Wants(WeChatMessage message)
    {
        bool wants = IsFrom(message) && Fits(message);
        if (!wants && !IsUndecided(message))
            Skipped++;
        return wants;
    }

    /// <summary>
    /// Whether the filter cannot decide about a message: the message is from an earlier login, and the filter needs its sender or group, which
    /// no contact of this login is known to be.
    /// </summary>
    public bool IsUndecided(WeChatMessage message) => message.IsOfEarlierLogin && LacksSenderOrGroup(message) && !IsFrom(message) && Fits(message);

    private bool LacksSenderOrGroup(WeChatMessage message) =>
        (From is not null && !(KnowsSender(message, From) && KnowsGroup(message)))
        || (Groups is not null && !KnowsGroup(message))
        || (FromKinds is not null && !message.Conversation.IsGroup && !message.Knows(message.Conversation));

    // A stranger of an earlier login is not one of the contacts, but may be another stranger.
    private static bool KnowsSender(WeChatMessage message, IReadOnlyCollection<WeChatContact> wanted) => message.Knows(message.From)
        || (message.IsFromFormerStranger && wanted.All(contact => contact.Kind != ContactKind.Stranger));

    private static bool KnowsGroup(WeChatMessage message) => message.Group is not { } group || message.Knows(group);

    private bool IsFrom(WeChatMessage message) => (FromKinds?.Contains(message.Conversation.Kind) ?? true)
        && (From is null || From.Contains(message.From) || IsIn(From, message.Group))
        && (Groups is null || IsIn(Groups, message.Group));

    private bool Fits(WeChatMessage message)
    {
        bool isStatus = message.Kind == MessageKind.Status;
        return (Kinds?.Contains(message.Kind) != false || (IncludeStatus && isStatus))
            && (Kinds is not null || IncludeStatus || !isStatus)
            && (IncludeSelf || isStatus || !message.IsFromSelf)
            && (!OnlyMentions || message.MentionsMe)
            && Matches(message);
    }

    private static bool IsIn(IReadOnlyCollection<WeChatContact> wanted, WeChatContact? group) =>
        group is not null && wanted.Contains(group);

    private bool Matches(WeChatMessage message)
    {
        try
        {
            return _pattern?.IsMatch(message.Text) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
