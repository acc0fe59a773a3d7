using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sync;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Changes to contacts and friendships. Each is sent once, after all that can be known to be wrong was checked.</content>
public sealed partial class WeChatSession
{
    private static readonly TimeSpan s_friendPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_friendLook = TimeSpan.FromSeconds(1);

    // by the tickets of the requests
    private readonly ConcurrentDictionary<string, Acceptance> _accepted = new(StringComparer.Ordinal);
    private WebChanges? _changes;

    /// <summary>Gives a friend a remark, or takes it away.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotAllowed"/>, or as <see cref="WebChanges.MakeAsync"/> says.</exception>
    internal async Task SetRemarkAsync(WeChatContact contact, string remark, CancellationToken cancellationToken)
    {
        if (contact.Kind is not (ContactKind.Friend or ContactKind.Official))
            throw NotAllowed(contact, "can be given a remark: WeChat's web protocol knows remarks for friends and official accounts only");
        await MakeAsync(
            $"The new remark for '{contact}'",
            (servers, keys) => PeopleRequests.Remark(servers, keys, contact.UserName, remark),
            cancellationToken).ConfigureAwait(false);
        Contacts.Upsert([Now(contact) with { RemarkName = remark, SaysRemark = true }]);
    }

    /// <summary>Pins a conversation to the top, or takes it down; the remark stays.</summary>
    /// <exception cref="WeChatException">As <see cref="SetRemarkAsync"/> says.</exception>
    internal async Task SetPinnedAsync(WeChatContact contact, bool pinned, CancellationToken cancellationToken)
    {
        if (contact.Kind is ContactKind.Self or ContactKind.Stranger) throw NotAllowed(contact, "can be pinned");

        // the request carries the remark: one that was changed on the phone since must not be lost by it
        if (contact.Kind is ContactKind.Friend or ContactKind.Official)
            await LoadDetailsAsync([contact.UserName], cancellationToken).ConfigureAwait(false);
        await MakeAsync(
            $"The change of '{contact}'",
            (servers, keys) => PeopleRequests.Pin(servers, keys, contact.UserName, pinned, Now(contact).RemarkName),
            cancellationToken).ConfigureAwait(false);
        WeChatContact known = Now(contact);
        ContactFlags flags = pinned ? known.Flags | ContactFlags.Pinned : known.Flags & ~ContactFlags.Pinned;
        Contacts.Upsert([known with { Flags = flags, SaysFlags = true }]);
    }

    /// <summary>Tells the phone that a conversation was read.</summary>
    /// <exception cref="WeChatException">As <see cref="SetRemarkAsync"/> says.</exception>
    internal async Task MarkReadAsync(WeChatContact contact, CancellationToken cancellationToken)
    {
        if (contact.Kind == ContactKind.Self) throw NotAllowed(contact, "has a conversation that could be marked as read");
        await MakeAsync(
            $"The mark for '{contact}'",
            (servers, keys) => LoginRequests.StatusNotify(
                servers, keys, StatusNotifyCode.Read, Contacts.Self!.UserName, contact.UserName, Time.GetUtcNow()),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Accepts a request to become friends, and waits a moment for the new friend, who has a new user name. A request that this session accepted
    /// before is not answered again.
    /// </summary>
    /// <param name="message">The request.</param>
    /// <param name="greeting">Words that go with the answer.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The friend; null when the server has not announced it yet.</returns>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.NotFriendRequest"/>, or as <see cref="WebChanges.MakeAsync"/> says.</exception>
    internal async Task<WeChatContact?> ApproveAsync(WeChatMessage message, string greeting, CancellationToken cancellationToken)
    {
        FriendRequestContent request = RequestIn(message);
        if (!_accepted.TryGetValue(request.Ticket, out Acceptance? accepted))
        {
            HashSet<string> before = [.. Contacts.All.Where(IsFriend).Select(contact => contact.UserName)];
            await AnswerAsync(request, FriendOperation.Accept, greeting, cancellationToken).ConfigureAwait(false);
            _accepted[request.Ticket] = accepted = new Acceptance(before, "");
        }

        if (Contacts.Find(accepted.UserName) is { } known) return known;
        WeChatContact? friend = await NewFriendAsync(request, accepted.Before, cancellationToken).ConfigureAwait(false);
        if (friend is not null) _accepted[request.Ticket] = new Acceptance([], friend.UserName);
        return friend;
    }

    /// <summary>Turns a request to become friends down.</summary>
    /// <exception cref="WeChatException">As <see cref="ApproveAsync"/> says.</exception>
    internal Task DenyAsync(WeChatMessage message, CancellationToken cancellationToken) =>
        AnswerAsync(RequestIn(message), FriendOperation.Refuse, "", cancellationToken);

    /// <summary>Asks somebody to become a friend.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotAllowed"/>, or as <see cref="WebChanges.MakeAsync"/> says.</exception>
    internal async Task AskToBeFriendsAsync(WeChatContact person, string greeting, CancellationToken cancellationToken)
    {
        CheckStranger(person);
        await MakeAsync(
            $"The request to '{person}'",
            (servers, keys) => PeopleRequests.Friend(servers, keys, FriendOperation.Ask, person.UserName, "", greeting, Time.GetUtcNow()),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether somebody can be asked to become a friend.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotAllowed"/>: the contact is already a friend, or not a person.</exception>
    internal void CheckStranger(WeChatContact person)
    {
        ContactKind kind = Now(person).Kind;
        if (kind == ContactKind.Friend) throw NotAllowed(Now(person), "needs to be asked: you are friends already");
        if (kind != ContactKind.Stranger || !ContactKinds.IsPassing(person.UserName))
            throw NotAllowed(Now(person), "can be asked: only a person can become a friend");
    }

    /// <summary>The request in a message.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.NotFriendRequest"/>: the message is not a friend request.</exception>
    internal static FriendRequestContent RequestIn(WeChatMessage message) => message.Content is FriendRequestContent { UserName.Length: > 0, Ticket.Length: > 0 } request
        ? request
        : throw new WeChatException(
            WeChatErrorReason.NotFriendRequest, $"The message {message.Id} ({message.Kind}) is no request to become friends.") { Subject = message.Id };

    private Task<ChangeReply> AnswerAsync(FriendRequestContent request, FriendOperation answer, string greeting, CancellationToken cancellationToken) => MakeAsync(
        $"The answer to '{DisplayText.Visible(request.Name)}'",
        (servers, keys) => PeopleRequests.Friend(servers, keys, answer, request.UserName, request.Ticket, greeting, Time.GetUtcNow()),
        cancellationToken);

    private async Task<WeChatContact?> NewFriendAsync(FriendRequestContent request, HashSet<string> before, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(s_friendPatience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await WhileConnectedAsync(async open =>
            {
                while (true)
                {
                    // taken before the look: a fetch that ends in between must not be missed
                    Task<bool> fetched = Volatile.Read(ref _nextFetch).Task;
                    WeChatContact? friend = Contacts.All.FirstOrDefault(one =>
                        IsFriend(one) && !before.Contains(one.UserName) && (one.UserName == request.UserName || one.NickName == request.Name));
                    if (friend is not null) return friend;

                    // who is busy may stop without another fetch
                    Task step = _loop!.IsBusy
                        ? await Task.WhenAny(fetched, Time.DelayAsync(s_friendLook, open)).ConfigureAwait(false)
                        : _loop.DrainAsync(open);
                    await step.ConfigureAwait(false);
                }
            }, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (WeChatException e) when (e.Reason is WeChatErrorReason.Unreachable or WeChatErrorReason.Throttled)
        {
            // accepted it is; the next sync brings the friend
            return null;
        }
    }

    /// <summary>A request that was accepted.</summary>
    /// <param name="Before">User names of those who were friends before; nobody once the friend is known.</param>
    /// <param name="UserName">The new friend's user name; empty until it is known.</param>
    private sealed record Acceptance(HashSet<string> Before, string UserName);

    private static bool IsFriend(WeChatContact contact) => contact.Kind == ContactKind.Friend;

    private Task<ChangeReply> MakeAsync(
        string what, Func<WebEndpoints, WebCredentials, WireRequest> compose, CancellationToken cancellationToken) =>
        WhileConnectedAsync(open => _changes!.MakeAsync(what, compose, open), cancellationToken);

    /// <summary>The contact as the session knows it at this moment.</summary>
    internal WeChatContact Now(WeChatContact contact) => Contacts.Find(contact.UserName) ?? contact;

    private static WeChatException NotAllowed(WeChatContact contact, string what) => new(
        WeChatErrorReason.ContactNotAllowed, $"'{contact}' ({contact.Kind}) is nobody who {what}.") { Subject = contact.Name };
}
