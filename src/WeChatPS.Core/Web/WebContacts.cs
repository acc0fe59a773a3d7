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

/// <summary>Fills the contact book from the server: the address book page by page, groups and their members in bundles.</summary>
/// <param name="connection">The way to the servers.</param>
/// <param name="book">What is filled.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Jitter, 0 to 1.</param>
/// <param name="tell">Told, in a sentence, what remains unknown.</param>
internal sealed class WebContacts(WebConnection connection, ContactBook book, TimeProvider time, Func<double> random, Action<string> tell)
{
    /// <summary>The official page stops here too; a server that never ends its pages must not keep us.</summary>
    private const int MaxPages = 100;

    /// <summary>Bundles that may go out one after the other; the server counts them, and stops answering the whole account.</summary>
    private const int Burst = 20;

    /// <summary>Whom somebody asked for in vain is remembered up to here.</summary>
    private const int MaxAsked = 10_000;

    /// <summary>So many refusals are borne for one bundle: enough to find three bad names in it.</summary>
    private const int MaxRefusals = 20;

    /// <summary>One bad name among fifty stands alone after seven refusals; where nothing at all got through by then, all is refused.</summary>
    private const int MaxRefusalsInVain = 9;

    private readonly InOrder _turns = new();
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WeChatException> _refused = new(StringComparer.Ordinal);
    private readonly Pace _pace = new(TimeSpan.FromSeconds(2), Burst, time);
    private readonly BackOff _coolDown = new(TimeSpan.FromMinutes(1), 2, TimeSpan.FromMinutes(30), random);
    private long _quietUntil;
    private HashSet<string> _named = [];

    /// <summary>Whether the address book was read in this login.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>How long nobody is asked for because the server wants less traffic.</summary>
    private TimeSpan QuietLeft => new(Interlocked.Read(ref _quietUntil) - time.GetUtcNow().Ticks);

    /// <summary>Reads the whole address book, and the groups that it and the recent chats name.</summary>
    /// <param name="chats">User names of recent chats: groups among them may be missing from the address book.</param>
    /// <param name="cancellationToken">Ends the reading; what was read stays.</param>
    /// <exception cref="WeChatException">The server could not be asked, or refused.</exception>
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
            }

            // whom it named the last time; a group may be alive without being named
            if (isWhole) book.Remove(_named.Where(gone => !named.Contains(gone) && !ContactKinds.IsGroup(gone)));
            _named = named;
            IsLoaded = true;
        }

        IEnumerable<string> groups = book.All.Where(c => c.IsGroup).Select(c => c.UserName);
        string[] wanted = [.. chats.Where(ContactKinds.IsGroup).Concat(groups).Concat(book.UnknownChats).Distinct(StringComparer.Ordinal)];
        foreach (string chat in wanted) IsNewsToAsk(chat);
        await LoadDetailsAsync([.. wanted.Where(chat => !_refused.ContainsKey(chat))], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads everything about some contacts; for groups their members too.</summary>
    /// <param name="userNames">Whom to ask for.</param>
    /// <param name="cancellationToken">Ends the reading; what was read stays.</param>
    /// <exception cref="WeChatException">The server could not be asked, or refused, or wants to be left alone (<see cref="WeChatErrorReason.Throttled"/>).</exception>
    public async Task LoadDetailsAsync(IReadOnlyCollection<string> userNames, CancellationToken cancellationToken)
    {
        using (await _turns.EnterAsync("", cancellationToken).ConfigureAwait(false))
        {
            for (int at = 0; at < userNames.Count; at += ContactRequests.MaxDetails)
            {
                string[] bundle = [.. userNames.Skip(at).Take(ContactRequests.MaxDetails)];
                await LoadBundleAsync(bundle, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Reads one bundle. For one name that the server cannot bear it gives none of them: the halves are tried, until that name stands alone.
    /// </summary>
    private async Task LoadBundleAsync(string[] bundle, CancellationToken cancellationToken)
    {
        var parts = new Stack<string[]>([bundle]);
        var alone = new List<(string UserName, WeChatException Refusal)>();
        bool gotThrough = false;
        for (int refusals = 1; parts.Count > 0;)
        {
            string[] part = parts.Pop();
            try
            {
                await AskForAsync(part, cancellationToken).ConfigureAwait(false);
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
                // a server that has no good answer for any of many says nothing about each
                if (gotThrough || bundle.Length == 1) Remember(alone);
            }
        }
    }

    private async Task AskForAsync(string[] userNames, CancellationToken cancellationToken)
    {
        ThrowIfQuiet();
        await time.DelayAsync(_pace.Take(), cancellationToken).ConfigureAwait(false);
        ContactDetailsReply reply = await AskAsync(
            ContactRequests.Details(connection.Endpoints, connection.Credentials, userNames, connection.Now),
            body => ContactDetailsReply.Parse(body.Span), Judge, cancellationToken).ConfigureAwait(false);
        book.Upsert(reply.Contacts);
        foreach (string userName in userNames) _refused.TryRemove(userName, out _);
    }

    private void Remember(List<(string UserName, WeChatException Refusal)> alone)
    {
        foreach ((string userName, WeChatException refusal) in alone)
        {
            _refused[userName] = refusal;
            tell($"'{book.GetOrStranger(userName)}' remains unknown: {refusal.Message}");
        }

        alone.Clear();
    }

    /// <summary>Why somebody is not asked for again in this login unless somebody insists; null for almost everybody.</summary>
    public WeChatException? RefusalOf(string userName) => _refused.TryGetValue(userName, out WeChatException? refusal)
        ? new WeChatException(refusal.Reason, refusal.Message, refusal) { ServerCode = refusal.ServerCode }
        : null;

    /// <summary>Whether somebody was never asked for in this login. Who is not found is not asked for with every message.</summary>
    /// <param name="userName">The contact.</param>
    /// <param name="member">A member of it, where it is a group.</param>
    public bool IsNewsToAsk(string userName, string member = "")
    {
        if (_asked.Count >= MaxAsked) _asked.Clear();
        return _asked.TryAdd(userName + "\n" + member, true);
    }

    /// <summary>Whether asking for names would do no harm now: the server is not tired of it, and no bundle has to wait for its turn.</summary>
    public bool HasRoom
    {
        get
        {
            TimeSpan wait = _pace.Take();
            _pace.Return();
            return wait <= TimeSpan.Zero && QuietLeft <= TimeSpan.Zero;
        }
    }

    private BaseResponse Judge(ContactDetailsReply reply)
    {
        if (reply.Response.Ret == 0) _coolDown.Reset();
        else if (reply.Response.Ret == ServerRefusal.TooOften) Interlocked.Exchange(ref _quietUntil, (time.GetUtcNow() + _coolDown.Next()).Ticks);
        return reply.Response;
    }

    private void ThrowIfQuiet()
    {
        if (QuietLeft is not { Ticks: > 0 } left) return;
        throw new WeChatException(
            WeChatErrorReason.Throttled,
            $"WeChat asked for less traffic: it is not asked for contacts' details for {Math.Ceiling(left.TotalMinutes):0} more minutes.");
    }

    private async Task<T> AskAsync<T>(
        WireRequest request, Func<ReadOnlyMemory<byte>, T> parse, Func<T, BaseResponse> response, CancellationToken cancellationToken)
    {
        T reply;
        try
        {
            reply = parse((await connection.SendAsync(request, cancellationToken).ConfigureAwait(false)).Body);
        }
        catch (Exception e) when (e is WireException or WireReplyException)
        {
            throw new WeChatException(WeChatErrorReason.Unreachable, "The contacts could not be read: " + e.Message, e);
        }

        BaseResponse said = response(reply);
        return said.Ret == 0 ? reply : throw said.ToException(request.Endpoint);
    }
}
