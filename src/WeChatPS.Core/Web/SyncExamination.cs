using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Web.Checks;

namespace WeChatPS.Web;

/// <summary>
/// Checks everything that a long poll needs, from the network up (Test-WeChatSync). It polls only through the session's own loop, so
/// messages that arrive meanwhile go to the inbox.
/// </summary>
/// <param name="session">The session's name.</param>
/// <param name="connection">Its way to the servers.</param>
/// <param name="cursor">Where it stands.</param>
/// <param name="transport">What makes its requests.</param>
/// <param name="look">Watches polls until one shows the hold.</param>
/// <param name="state">What the session says of itself.</param>
internal sealed class SyncExamination(
    string session, WebConnection connection, WebCursor cursor, WebTransport transport,
    Func<CancellationToken, Task<PollObservation>> look, Func<Finding> state)
{
    /// <summary>One finding a check, as they come.</summary>
    public async IAsyncEnumerable<WeChatSyncFinding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<HostReply> hosts = await ServerCheck.AskAsync(connection, cancellationToken).ConfigureAwait(false);
        DateTimeOffset answered = connection.Now;
        yield return Named("Server", ServerCheck.Examine(hosts, connection.ProxyFor));

        WireRequest poll = transport.ComposePoll(cursor.ToCursor());
        yield return Named("Spelling", SpellingCheck.Examine(poll));
        yield return Named("Keys", KeyCheck.Examine(cursor, poll, transport.ComposeFetch(cursor.ToCursor())));

        HostReply pushHost = hosts[0];
        HostReply? again = pushHost.Reply is null ? null : await ServerCheck.AskAsync(connection, pushHost.Host, cancellationToken).ConfigureAwait(false);
        PollObservation observation = pushHost.IsUnreached
            ? new PollObservation { Obstacle = ServerCheck.NoReply }
            : await look(cancellationToken).ConfigureAwait(false);
        PollExchange? last = observation.IsFresh ? observation.Last : null;
        yield return Named("Hold", HoldCheck.Examine(observation));
        yield return Named("Redirect", RedirectCheck.Examine(last, connection.Endpoints));
        yield return Named("Content", ContentCheck.Examine(last));
        yield return Named("Cookies", CookieCheck.Examine(connection.Cookies, connection.Endpoints, connection.Now));
        yield return Named("Clock", ClockCheck.Examine(pushHost, answered));
        yield return Named("Connection", ConnectionCheck.Examine(again));
        yield return Named("State", state());
    }

    private WeChatSyncFinding Named(string check, Finding finding) => finding.Named(check, session);
}
