using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Chooses which messages a receiver gets. Contacts are fixed before the first one: names can change.</summary>
internal sealed record MessageFilter
{
    // what a contact sends must not be able to hold up the stream
    private static readonly TimeSpan s_matchTimeout = TimeSpan.FromMilliseconds(250);

    private readonly Regex? _pattern;

    public MessageFilter(Regex? pattern) => _pattern = pattern is null
        ? null
        : new Regex(pattern.ToString(), pattern.Options | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, s_matchTimeout);

    /// <summary>Looks up whom the names mean.</summary>
    /// <exception cref="WeChatException">ContactNotFound or AmbiguousContact.</exception>
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

    /// <summary>The people, or groups, that it must come from; anybody when null.</summary>
    public IReadOnlyCollection<WeChatContact>? From { get; init; }

    /// <summary>The groups that it must be written in; every conversation when null.</summary>
    public IReadOnlyCollection<WeChatContact>? Groups { get; init; }

    /// <summary>The kinds wanted; when null all but <see cref="MessageKind.Status"/>, which is the phone's bookkeeping.</summary>
    public IReadOnlyCollection<MessageKind>? Kinds { get; init; }

    /// <summary>What the other side has to be: a friend, a group, an official account …; anything when null.</summary>
    public IReadOnlyCollection<ContactKind>? FromKinds { get; init; }

    public bool OnlyMentions { get; init; }

    public bool IncludeStatus { get; init; }

    public bool IncludeSelf { get; init; }

    /// <summary>How many messages were not wanted.</summary>
    public int Consumed { get; private set; }

    public bool Wants(WeChatMessage message)
    {
        bool wants = IsFrom(message) && Fits(message);
        if (!wants && !Leaves(message))
            Consumed++;
        return wants;
    }

    /// <summary>
    /// Whether it cannot be told if a message is wanted: it comes from an earlier login, and nobody in this one is known to be its sender,
    /// or its group, which is what the filter asks for.
    /// </summary>
    public bool Leaves(WeChatMessage message) => message.IsOfEarlierLogin && IsFromNobodyKnown(message) && !IsFrom(message) && Fits(message);

    private bool IsFromNobodyKnown(WeChatMessage message) =>
        (From is not null && !(KnowsSender(message, From) && KnowsGroup(message)))
        || (Groups is not null && !KnowsGroup(message))
        || (FromKinds is not null && !message.Conversation.IsGroup && !message.Knows(message.Conversation));

    // a contact is nobody who was a stranger then; another stranger may be
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
