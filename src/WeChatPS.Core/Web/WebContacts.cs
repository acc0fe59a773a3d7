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
internal sealed class WebContacts(WebConnection connection, ContactBook book, TimeProvider time, Func<double> random)
{
    /// <summary>The official page stops here too; a server that never ends its pages must not keep us.</summary>
    private const int MaxPages = 100;

    /// <summary>Bundles that may go out one after the other; the server counts them, and stops answering the whole account.</summary>
    private const int Burst = 20;

    /// <summary>Whom somebody asked for in vain is remembered up to here.</summary>
    private const int MaxAsked = 10_000;

    private readonly InOrder _turns = new();
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);
    private readonly Pace _pace = new(TimeSpan.FromSeconds(2), Burst, time);
    private readonly BackOff _coolDown = new(TimeSpan.FromMinutes(1), 2, TimeSpan.FromMinutes(30), random);
    private long _quietUntil;

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
            long next = 0;
            for (int page = 0; page < MaxPages; page++)
            {
                ContactPageReply reply = await AskAsync(
                    ContactRequests.Page(connection.Endpoints, connection.Credentials, next, connection.Now),
                    body => ContactPageReply.Parse(body.Span), r => r.Response, cancellationToken).ConfigureAwait(false);
                book.Upsert(reply.Contacts);
                if (reply.Next == 0 || reply.Next == next) break;
                next = reply.Next;
            }

            IsLoaded = true;
        }

        IEnumerable<string> groups = book.All.Where(c => c.IsGroup).Select(c => c.UserName);
        string[] wanted = [.. chats.Where(ContactKinds.IsGroup).Concat(groups).Concat(book.UnknownChats).Distinct(StringComparer.Ordinal)];
        foreach (string chat in wanted) IsNewsToAsk(chat);
        await LoadDetailsAsync(wanted, cancellationToken).ConfigureAwait(false);
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
                ThrowIfQuiet();
                await time.DelayAsync(_pace.Take(), cancellationToken).ConfigureAwait(false);
                ContactDetailsReply reply = await AskAsync(
                    ContactRequests.Details(connection.Endpoints, connection.Credentials, bundle, connection.Now),
                    body => ContactDetailsReply.Parse(body.Span), Judge, cancellationToken).ConfigureAwait(false);
                book.Upsert(reply.Contacts);
            }
        }
    }

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
