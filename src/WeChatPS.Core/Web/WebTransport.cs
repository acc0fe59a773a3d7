using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>The web protocol for the sync loop: synccheck polls with SyncCheckKey, and webwxsync fetches with SyncKey.</summary>
internal sealed class WebTransport(WebConnection connection, ContactBook book, OwnAccount account, TimeSpan? pollDeadline) : ISyncTransport
{
    private readonly ReusableBuffer _fetched = new();

    /// <summary>Raised when a fetch was applied. Sync keys, cookies or contacts may have changed.</summary>
    public Action? Applied { get; set; }

    /// <summary>Raised when the server responded correctly to a poll.</summary>
    public Action? Polled { get; set; }

    /// <summary>The last completed poll; null before the first.</summary>
    public PollExchange? LastPoll { get; private set; }

    /// <summary>The longest hold of a poll without changes; null before the first.</summary>
    public TimeSpan? LongestHold { get; private set; }

    /// <summary>Creates the next poll.</summary>
    public WireRequest ComposePoll(SyncCursor cursor) =>
        SyncRequests.Poll(connection.Endpoints, connection.Credentials, Read(cursor), connection.Now, pollDeadline);

    /// <summary>Creates the next fetch.</summary>
    public WireRequest ComposeFetch(SyncCursor cursor) =>
        SyncRequests.Fetch(connection.Endpoints, connection.Credentials, Read(cursor), connection.Now);

    public async Task<PollReply> PollAsync(SyncCursor cursor, CancellationToken cancellationToken)
    {
        DateTimeOffset started = connection.Now;
        WireRequest request = ComposePoll(cursor);
        WireReply? reply = null;
        WireException? failure = null;
        PollReply outcome;
        try
        {
            reply = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            outcome = SyncClassification.Poll(reply);
        }
        catch (WireException e)
        {
            failure = e;
            outcome = SyncClassification.Poll(e, connection.Now - started);
        }

        LastPoll = new PollExchange(request, reply, failure, outcome, connection.Now);
        if (outcome is { Verdict: SyncVerdict.Ok, HasChanges: false } && !(outcome.Elapsed <= LongestHold)) LongestHold = outcome.Elapsed;
        if (outcome.Verdict is SyncVerdict.Ok or SyncVerdict.Wake) Polled?.Invoke();
        return outcome;
    }

    public async Task<FetchReply> FetchAsync(SyncCursor cursor, CancellationToken cancellationToken)
    {
        WebCursor current = Read(cursor);
        try
        {
            WireRequest request = ComposeFetch(cursor);
            request.ReplyBuffer = _fetched;
            WireReply reply = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            FetchOutcome outcome = SyncClassification.Fetch(reply);
            if (outcome.Reply is not null) Apply(outcome.Reply);
            return new FetchReply(outcome.Verdict, outcome.Code, outcome.Detail, outcome.Reply?.ToBatch(current));
        }
        catch (WireException e)
        {
            FetchOutcome outcome = SyncClassification.Fetch(e);
            return new FetchReply(outcome.Verdict, outcome.Code, outcome.Detail, null);
        }
    }

    public void Refresh() => connection.Refresh();

    private static WebCursor Read(SyncCursor cursor) =>
        WebCursor.TryRead(cursor, out WebCursor web) ? web : throw new InvalidOperationException("The session has no sync key.");

    private void Apply(SyncBatchReply batch)
    {
        bool isOurs = account.AcceptsProfile(batch.ProfileUserName);
        if (isOurs) connection.Adopt(batch.Skey);
        book.Remove(batch.RemovedContacts);
        book.Upsert(batch.ChangedContacts);
        book.LearnIds(batch.StableIds);
        if (isOurs && batch.NewNickName is { } name && book.Self is { } self) book.SetSelf(self with { NickName = name });
        Applied?.Invoke();
    }
}
