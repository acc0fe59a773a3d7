using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sessions;

namespace WeChatPS.Web;

/// <summary>Fills the contact book from the server: the address book page by page, groups and their members in bundles.</summary>
internal sealed class WebContacts(WebConnection connection, ContactBook book)
{
    /// <summary>The official page stops here too; a server that never ends its pages must not keep us.</summary>
    private const int MaxPages = 100;

    private readonly InOrder _turns = new();
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);

    /// <summary>Whether the address book was read in this login.</summary>
    public bool IsLoaded { get; private set; }

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

        string[] groups = chats.Where(ContactKinds.IsGroup).Concat(book.All.Where(c => c.IsGroup).Select(c => c.UserName)).Distinct().ToArray();
        await LoadDetailsAsync(groups, again: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads everything about some contacts; for groups their members too.</summary>
    /// <param name="userNames">Whom to ask for.</param>
    /// <param name="again">Whether to ask for those too that were asked for in this login already.</param>
    /// <param name="cancellationToken">Ends the reading; what was read stays.</param>
    /// <exception cref="WeChatException">The server could not be asked, or refused.</exception>
    public async Task LoadDetailsAsync(IReadOnlyCollection<string> userNames, bool again, CancellationToken cancellationToken)
    {
        using (await _turns.EnterAsync("", cancellationToken).ConfigureAwait(false))
        {
            string[] wanted = userNames.Where(name => again || !WasAsked(name)).ToArray();
            for (int at = 0; at < wanted.Length; at += ContactRequests.MaxDetails)
            {
                string[] bundle = wanted.Skip(at).Take(ContactRequests.MaxDetails).ToArray();

                // before the answer: one that fails is not asked for again with every message
                foreach (string name in bundle) _asked[name] = true;
                ContactDetailsReply reply = await AskAsync(
                    ContactRequests.Details(connection.Endpoints, connection.Credentials, bundle, connection.Now),
                    body => ContactDetailsReply.Parse(body.Span), r => r.Response, cancellationToken).ConfigureAwait(false);
                book.Upsert(reply.Contacts);
            }
        }
    }

    /// <summary>Whether <see cref="LoadDetailsAsync"/> was tried for a contact in this login.</summary>
    public bool WasAsked(string userName) => _asked.ContainsKey(userName);

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

        return response(reply).Ret == 0 ? reply : throw response(reply).ToException(request.Endpoint);
    }
}
