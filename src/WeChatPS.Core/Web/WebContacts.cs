using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>Loads the contact book from the server: the address book page by page, groups and their members in bundles.</summary>
/// <param name="connection">The connection to the servers.</param>
/// <param name="book">The contact book to fill.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The source of jitter, from 0 to 1.</param>
/// <param name="tell">Called with a sentence about details that could not be loaded.</param>
internal sealed class WebContacts(WebConnection connection, ContactBook book, TimeProvider time, Func<double> random, Action<string> tell)
{
    /// <summary>The limit for pages, so that a server with endless pages cannot block the client. The official web client has such a limit too.</summary>
    private const int MaxPages = 100;

    /// <summary>The number of bundles without a pause. The server counts them and throttles the account.</summary>
    private const int Burst = 20;

    /// <summary>The limit for remembered user names without details.</summary>
    private const int MaxAsked = 10_000;

    /// <summary>The limit of refusals for one bundle: enough to find three bad names.</summary>
    private const int MaxRefusals = 20;

    /// <summary>The limit of refusals without a success. One bad name among fifty is found after seven refusals, so more mean a general refusal.</summary>
    private const int MaxRefusalsInVain = 9;

    private readonly InOrder _turns = new();
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _met = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WeChatException> _refused = new(StringComparer.Ordinal);
    private readonly Pace _pace = new(TimeSpan.FromSeconds(2), Burst, time);
    private readonly BackOff _coolDown = new(TimeSpan.FromMinutes(1), 2, TimeSpan.FromMinutes(30), random);
    private volatile Countdown? _throttled;
    private HashSet<string> _named = [];

    /// <summary>Whether the address book was loaded in this login.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>The remaining throttle pause of contact requests.</summary>
    private TimeSpan ThrottleLeft => _throttled?.Left ?? TimeSpan.Zero;

    /// <summary>Loads the address book, and the groups in it and in the recent chats.</summary>
    /// <param name="chats">The user names of recent chats. Groups among them may be missing in the address book.</param>
    /// <param name="cancellationToken">Cancels the loading. Loaded contacts are kept.</param>
    /// <exception cref="WeChatException">The server could not be reached or refused the request.</exception>
    public async Task LoadAsync(IEnumerable<string> chats, CancellationToken cancellationToken)
    {
        using (await _turns.EnterAsync("", cancellationToken).ConfigureAwait(false))
        {
            var named = new HashSet<string>(StringComparer.Ordinal);
            long next = 0;
            bool isWhole = false;
            for (int page = 0; page < MaxPages && !isWhole; page++)
            {
                ContactPageReply reply = await AskAsync(
                    ContactRequests.Page(connection.Endpoints, connection.Credentials, next, connection.Now),
                    body => ContactPageReply.Parse(body.Span), r => r.Response, cancellationToken).ConfigureAwait(false);
                book.Upsert(reply.Contacts);
                named.UnionWith(reply.Contacts.Select(contact => contact.UserName));
                isWhole = reply.Next == 0 || reply.Next == next;
                next = reply.Next;

                // The contact book is full, and says so. What is missing in an unfinished list may be in its rest.
                if (named.Count > ContactLimits.Contacts) break;
            }

            // Removes contacts that are no longer in the address book. A group can exist without being in it.
            if (isWhole && named.Count <= ContactLimits.Contacts) book.Remove(_named.Where(gone => !named.Contains(gone) && !ContactKinds.IsGroup(gone)));
            _named = named;
            IsLoaded = true;
        }

        IEnumerable<string> groups = book.All.Where(c => c.IsGroup).Select(c => c.UserName);
        string[] wanted = [.. chats.Where(ContactKinds.IsGroup).Concat(groups).Concat(book.UnknownChats).Distinct(StringComparer.Ordinal)];
        foreach (string chat in wanted) IsNewsToAsk(chat);
        await LoadDetailsAsync([.. wanted.Where(chat => !_refused.ContainsKey(chat))], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Loads the details of some contacts, for groups with their members.</summary>
    /// <param name="userNames">The user names.</param>
    /// <param name="cancellationToken">Cancels the loading. Loaded contacts are kept.</param>
    /// <param name="groupKey">For members of one group: its <see cref="WeChatContact.GroupKey"/>.</param>
    /// <exception cref="WeChatException">The server could not be reached, refused the request, or throttles the account (<see cref="WeChatErrorReason.Throttled"/>).</exception>
    public async Task LoadDetailsAsync(IReadOnlyCollection<string> userNames, CancellationToken cancellationToken, string groupKey = "")
    {
        using (await _turns.EnterAsync("", cancellationToken).ConfigureAwait(false))
        {
            for (int at = 0; at < userNames.Count; at += ContactRequests.MaxDetails)
            {
                string[] bundle = [.. userNames.Skip(at).Take(ContactRequests.MaxDetails)];
                await LoadBundleAsync(bundle, groupKey, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes one request for the details of some contacts, and no other if the server refuses it.</summary>
    /// <param name="userNames">Up to <see cref="ContactRequests.MaxDetails"/> user names.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="WeChatException">The same errors as in <see cref="LoadDetailsAsync"/>.</exception>
    public async Task LookUpAsync(IReadOnlyCollection<string> userNames, CancellationToken cancellationToken)
    {
        using (await _turns.EnterAsync("", cancellationToken).ConfigureAwait(false))
            await RequestDetailsAsync([.. userNames], groupKey: "", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Loads the details of group members who are not contacts, by default once in a login for each member.</summary>
    /// <param name="group">The group, with its key.</param>
    /// <param name="members">User names.</param>
    /// <param name="again">Whether to load members again that were loaded or refused before.</param>
    /// <param name="cancellationToken">Cancels the loading. Loaded contacts are kept.</param>
    /// <exception cref="WeChatException">The same errors as in <see cref="LoadDetailsAsync"/>.</exception>
    public async Task LoadMembersAsync(WeChatContact group, IEnumerable<string> members, bool again, CancellationToken cancellationToken)
    {
        string[] wanted =
        [
            .. members.Where(member => book.GetOrStranger(member).Kind == ContactKind.Stranger)
                .Where(member => again || !(_met.ContainsKey(member) || _refused.ContainsKey(member))),
        ];
        await LoadDetailsAsync(wanted, cancellationToken, group.GroupKey).ConfigureAwait(false);
        if (_met.Count >= ContactLimits.Members) _met.Clear();
        foreach (string member in wanted) _met[member] = true;
    }

    /// <summary>
    /// Loads one bundle. A single bad name makes the server refuse the whole bundle, so the halves are tried until the name is found.
    /// </summary>
    private async Task LoadBundleAsync(string[] bundle, string groupKey, CancellationToken cancellationToken)
    {
        var parts = new Stack<string[]>([bundle]);
        var alone = new List<(string UserName, WeChatException Refusal)>();
        bool gotThrough = false;
        for (int refusals = 1; parts.Count > 0;)
        {
            string[] part = parts.Pop();
            try
            {
                await RequestDetailsAsync(part, groupKey, cancellationToken).ConfigureAwait(false);
                gotThrough = true;
            }
            catch (WeChatException e) when (e.Reason == WeChatErrorReason.Refused || e.InnerException is WireReplyException)
            {
                int half = part.Length / 2;
                if (half > 0)
                {
                    parts.Push([.. part.Skip(half)]);
                    parts.Push([.. part.Take(half)]);
                }
                else if (bundle.Length > 1 || e.Reason == WeChatErrorReason.Refused)
                {
                    alone.Add((part[0], e));
                }

                if (refusals++ >= (gotThrough ? MaxRefusals : MaxRefusalsInVain) || (parts.Count == 0 && !gotThrough)) throw;
            }
            finally
            {
                // When every request is refused, the refusals say nothing about single names.
                if (gotThrough || bundle.Length == 1) Remember(alone);
            }
        }
    }

    private async Task RequestDetailsAsync(string[] userNames, string groupKey, CancellationToken cancellationToken)
    {
        ThrowIfThrottled();
        await time.DelayAsync(_pace.Take(), cancellationToken).ConfigureAwait(false);
        ContactDetailsReply reply = await AskAsync(
            ContactRequests.Details(connection.Endpoints, connection.Credentials, userNames, connection.Now, groupKey),
            body => ContactDetailsReply.Parse(body.Span), NoteResult, cancellationToken).ConfigureAwait(false);
        book.Upsert(reply.Contacts);
        foreach (string userName in userNames) _refused.TryRemove(userName, out _);
    }

    private void Remember(List<(string UserName, WeChatException Refusal)> alone)
    {
        foreach ((string userName, WeChatException refusal) in alone)
        {
            _refused[userName] = refusal;
            tell($"The details of '{book.GetOrStranger(userName)}' could not be loaded: {refusal.Message}");
        }

        alone.Clear();
    }

    /// <summary>Gets the refusal because of which a contact is not requested again in this login; usually null.</summary>
    public WeChatException? RefusalOf(string userName) => _refused.TryGetValue(userName, out WeChatException? refusal)
        ? new WeChatException(refusal.Reason, refusal.Message, refusal) { ServerCode = refusal.ServerCode }
        : null;

    /// <summary>Whether a contact was not requested in this login yet. A contact that is not found is therefore not requested for every message.</summary>
    /// <param name="userName">The contact.</param>
    /// <param name="member">A member of the group, if the contact is a group.</param>
    public bool IsNewsToAsk(string userName, string member = "")
    {
        if (_asked.Count >= MaxAsked) _asked.Clear();
        return _asked.TryAdd(userName + "\n" + member, true);
    }

    /// <summary>Whether a request for details is possible now without throttling or a wait.</summary>
    public bool HasRoom => _pace.IsFree && ThrottleLeft <= TimeSpan.Zero;

    private BaseResponse NoteResult(ContactDetailsReply reply)
    {
        if (reply.Response.Ret == 0) _coolDown.Reset();
        else if (reply.Response.Ret == ServerRefusal.TooOften) _throttled = new Countdown(time, _coolDown.Next());
        return reply.Response;
    }

    private void ThrowIfThrottled()
    {
        if (ThrottleLeft is not { Ticks: > 0 } left) return;
        throw new WeChatException(
            WeChatErrorReason.Throttled,
            $"WeChat throttled the account. Requests for contact details pause for {Math.Ceiling(left.TotalMinutes):0} more minutes.");
    }

    private async Task<T> AskAsync<T>(
        WireRequest request, Func<ReadOnlyMemory<byte>, T> parse, Func<T, BaseResponse> response, CancellationToken cancellationToken)
    {
        T reply;
        try
        {
            reply = (await connection.SendAsync(request, cancellationToken).ConfigureAwait(false)).Read(request, parse);
        }
        catch (Exception e) when (e is WireException or WireReplyException)
        {
            throw new WeChatException(WeChatErrorReason.Unreachable, "The contacts could not be loaded: " + e.Message, e);
        }

        BaseResponse said = response(reply);
        return said.Ret == 0 ? reply : throw said.ToException(request.Endpoint);
    }
}
