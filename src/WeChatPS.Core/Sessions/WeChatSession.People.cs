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

/// <content>Changes to contacts and friendships. Each change is validated first and sent once.</content>
public sealed partial class WeChatSession
{
    private static readonly TimeSpan s_friendPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_friendLook = TimeSpan.FromSeconds(1);

    // The keys are the tickets of the friend requests.
    private readonly ConcurrentDictionary<string, Acceptance> _accepted = new(StringComparer.Ordinal);
    private WebChanges? _changes;

    /// <summary>Sets or removes the remark of a friend or official account.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotAllowed"/>: the contact cannot have a remark. See also <see cref="WebChanges.MakeAsync"/>.</exception>
    internal async Task SetRemarkAsync(WeChatContact contact, string remark, CancellationToken cancellationToken)
    {
        if (contact.Kind is not (ContactKind.Friend or ContactKind.Official))
            throw NotAllowed(contact, $"'{contact}' ({contact.Kind}) cannot have a remark. WeChat's web protocol supports remarks only for friends and official accounts.");
        await MakeAsync(
            $"The remark change for '{contact}'",
            (servers, keys) => PeopleRequests.Remark(servers, keys, contact.UserName, remark),
            cancellationToken).ConfigureAwait(false);
        Contacts.Upsert([Current(contact) with { RemarkName = remark, SaysRemark = true }]);
    }

    /// <summary>Pins or unpins a chat. The remark is unchanged.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotAllowed"/>: the chat cannot be pinned. See also <see cref="WebChanges.MakeAsync"/>.</exception>
    internal async Task SetPinnedAsync(WeChatContact contact, bool pinned, CancellationToken cancellationToken)
    {
        if (contact.Kind is ContactKind.Self or ContactKind.Stranger) throw NotAllowed(contact, $"The chat with '{contact}' ({contact.Kind}) cannot be pinned.");

        // The request includes the remark, so a newer remark from the phone is loaded first.
        if (contact.Kind is ContactKind.Friend or ContactKind.Official)
            await LoadDetailsAsync([contact.UserName], cancellationToken).ConfigureAwait(false);
        await MakeAsync(
            $"The pin change for '{contact}'",
            (servers, keys) => PeopleRequests.Pin(servers, keys, contact.UserName, pinned, Current(contact).RemarkName),
            cancellationToken).ConfigureAwait(false);
        WeChatContact known = Current(contact);
        ContactFlags flags = pinned ? known.Flags | ContactFlags.Pinned : known.Flags & ~ContactFlags.Pinned;
        Contacts.Upsert([known with { Flags = flags, SaysFlags = true }]);
    }

    /// <summary>Marks a chat as read on the phone.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotAllowed"/>: the contact is this account. See also <see cref="WebChanges.MakeAsync"/>.</exception>
    internal async Task MarkReadAsync(WeChatContact contact, CancellationToken cancellationToken)
    {
        if (contact.Kind == ContactKind.Self) throw NotAllowed(contact, $"'{contact}' ({contact.Kind}) is this account and has no chat to mark as read.");
        await MakeAsync(
            $"The read mark for '{contact}'",
            (servers, keys) => LoginRequests.StatusNotify(
                servers, keys, StatusNotifyCode.Read, Contacts.Self!.UserName, contact.UserName, Time.GetUtcNow()),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Approves a friend request and waits a short time for the new friend, who has a new user name. A request that this session has already
    /// approved is not sent again.
    /// </summary>
    /// <param name="message">The friend request.</param>
    /// <param name="greeting">The text for the new friend.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The friend; null when the server has not sent the new friend yet.</returns>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.NotFriendRequest"/>: the message is not a friend request. See also <see cref="WebChanges.MakeAsync"/>.</exception>
    internal async Task<WeChatContact?> ApproveAsync(WeChatMessage message, string greeting, CancellationToken cancellationToken)
    {
        FriendRequestContent request = FriendRequestOf(message);
        if (!_accepted.TryGetValue(request.Ticket, out Acceptance? accepted))
        {
            HashSet<string> before = [.. Contacts.All.Where(IsFriend).Select(contact => contact.UserName)];
            await ReplyAsync($"The approval of the friend request from '{DisplayText.Visible(request.Name)}'", request, FriendOperation.Accept, greeting, cancellationToken).ConfigureAwait(false);
            _accepted[request.Ticket] = accepted = new Acceptance(before, "");
        }

        if (Contacts.Find(accepted.UserName) is { } known) return known;
        WeChatContact? friend = await NewFriendAsync(request, accepted.Before, cancellationToken).ConfigureAwait(false);
        if (friend is not null) _accepted[request.Ticket] = new Acceptance([], friend.UserName);
        return friend;
    }

    /// <summary>Denies a friend request.</summary>
    /// <exception cref="WeChatException">See <see cref="ApproveAsync"/>.</exception>
    internal Task DenyAsync(WeChatMessage message, CancellationToken cancellationToken)
    {
        FriendRequestContent request = FriendRequestOf(message);
        return ReplyAsync($"The denial of the friend request from '{DisplayText.Visible(request.Name)}'", request, FriendOperation.Refuse, "", cancellationToken);
    }

    /// <summary>Sends a friend request.</summary>
    /// <exception cref="WeChatException">See <see cref="CheckStranger"/> and <see cref="WebChanges.MakeAsync"/>.</exception>
    internal async Task SendFriendRequestAsync(WeChatContact person, string greeting, CancellationToken cancellationToken)
    {
        CheckStranger(person);
        await MakeAsync(
            $"The friend request to '{person}'",
            (servers, keys) => PeopleRequests.Friend(servers, keys, FriendOperation.Ask, person.UserName, "", greeting, Time.GetUtcNow()),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks that a person can get a friend request.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.ContactNotAllowed"/>: the contact is already a friend, or not a person.</exception>
    internal void CheckStranger(WeChatContact person)
    {
        WeChatContact known = Current(person);
        if (known.Kind == ContactKind.Friend) throw NotAllowed(known, $"'{known}' is already a friend.");
        if (known.Kind != ContactKind.Stranger || !ContactKinds.IsPassing(person.UserName))
            throw NotAllowed(known, $"'{known}' ({known.Kind}) cannot get a friend request. Only a person can become a friend.");
    }

    /// <summary>Gets the friend request of a message.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.NotFriendRequest"/>: the message is not a friend request.</exception>
    internal static FriendRequestContent FriendRequestOf(WeChatMessage message) => message.Content is FriendRequestContent { UserName.Length: > 0, Ticket.Length: > 0 } request
        ? request
        : throw new WeChatException(
            WeChatErrorReason.NotFriendRequest, $"The message {message.Id} ({message.Kind}) is not a friend request.") { Subject = message.Id };

    private Task<ChangeReply> ReplyAsync(
        string what, FriendRequestContent request, FriendOperation reply, string greeting, CancellationToken cancellationToken) => MakeAsync(
        what,
        (servers, keys) => PeopleRequests.Friend(servers, keys, reply, request.UserName, request.Ticket, greeting, Time.GetUtcNow()),
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
                    // The task is read before the search, so a fetch that ends during the search is not missed.
                    Task<bool> fetched = Volatile.Read(ref _nextFetch).Task;
                    WeChatContact? friend = Contacts.All.FirstOrDefault(one =>
                        IsFriend(one) && !before.Contains(one.UserName) && (one.UserName == request.UserName || one.NickName == request.Name));
                    if (friend is not null) return friend;

                    // A busy loop may stop without another fetch, so the wait has a limit.
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
            // The request was approved. The next fetch gets the friend.
            return null;
        }
    }

    /// <summary>An approved friend request.</summary>
    /// <param name="Before">The user names of the friends before the approval; empty when the new friend is known.</param>
    /// <param name="UserName">The new friend's user name; empty while unknown.</param>
    private sealed record Acceptance(HashSet<string> Before, string UserName);

    private static bool IsFriend(WeChatContact contact) => contact.Kind == ContactKind.Friend;

    private Task<ChangeReply> MakeAsync(
        string what, Func<WebEndpoints, WebCredentials, WireRequest> compose, CancellationToken cancellationToken) =>
        WhileConnectedAsync(open => _changes!.MakeAsync(what, compose, open), cancellationToken);

    /// <summary>Gets the current state of a contact.</summary>
    internal WeChatContact Current(WeChatContact contact) => Contacts.Find(contact.UserName) ?? contact;

    private static WeChatException NotAllowed(WeChatContact contact, string message) =>
        new(WeChatErrorReason.ContactNotAllowed, message) { Subject = contact.Name };
}
