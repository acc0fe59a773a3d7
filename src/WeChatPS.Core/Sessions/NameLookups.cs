using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sync;
using WeChatPS.Web;

namespace WeChatPS.Sessions;

/// <summary>
/// Looks up the names of unknown chats and members beside the messages: several names in one request, one request at a time, and none for a
/// growing time after a failure. A message is read again when its names come within a moment. It never waits longer.
/// </summary>
/// <param name="ask">Makes one request for the details of some user names.</param>
/// <param name="mayAsk">Whether an automatic request may be made now. A refused look-up is made with a later one.</param>
/// <param name="time">The session's clock.</param>
/// <param name="random">The source of jitter, from 0 to 1.</param>
/// <param name="tell">Called with a sentence about names that could not be looked up.</param>
/// <param name="closing">Cancelled when the session is closed.</param>
internal sealed class NameLookups(
    Func<IReadOnlyCollection<string>, CancellationToken, Task> ask, Func<bool> mayAsk, TimeProvider time, Func<double> random, Action<string> tell, CancellationToken closing)
{
    /// <summary>The limit of user names that wait. Further ones stay without a name: only a server that invents chats has so many at once.</summary>
    private const int MaxWanted = 1000;

    // A healthy server answers within a tenth of a second. The names of a burst are waited for once, not once a message.
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_burst = TimeSpan.FromSeconds(5);

    // Nobody waits for the response, but a user's command may wait for its turn.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly List<string> _wanted = [];
    private readonly BackOff _pauses = new(TimeSpan.FromSeconds(30), 2, TimeSpan.FromMinutes(30), random);
    private int _bundle = ContactRequests.MaxDetails;
    private Task? _running;
    private Countdown? _pause;
    private bool _hasSaidFull;
    private Countdown? _now;
    private Countdown? _moment;

    /// <summary>Looks up a name, together with others that wait.</summary>
    /// <returns>Whether names may have come in the meantime, so that the message must be read again.</returns>
    public async ValueTask<bool> LookUpAsync(string userName, CancellationToken cancellationToken)
    {
        Task? running;
        TimeSpan grace;
        lock (_gate)
        {
            Want(userName);
            Start();
            (running, grace) = (_running, Grace());
        }

        if (running is null || grace == TimeSpan.Zero) return false;
        try
        {
            await running.WaitAsync(grace, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The name may come for the next message.
        }

        return true;
    }

    /// <summary>Looks up the names that still wait, if it is time.</summary>
    public void GoOn()
    {
        lock (_gate) Start();
    }

    private void Want(string userName)
    {
        if (_wanted.Contains(userName)) return;
        if (_wanted.Count < MaxWanted)
        {
            _wanted.Add(userName);
        }
        else if (!_hasSaidFull)
        {
            _hasSaidFull = true;
            tell($"More than {MaxWanted} chats are unknown. The names of the others are not looked up.");
        }
    }

    /// <remarks>The caller holds the gate.</remarks>
    private void Start()
    {
        if (_running is null && IsTime()) _running = Task.Run(RunAsync, CancellationToken.None);
    }

    private bool IsTime() => _wanted.Count > 0 && _pause is not { IsOver: false } && !closing.IsCancellationRequested;

    private TimeSpan Grace()
    {
        if (_now is not { IsOver: false }) (_now, _moment) = (new Countdown(time, s_burst), new Countdown(time, s_grace));
        return _moment!.Left;
    }

    private async Task RunAsync()
    {
        while (Next() is { Length: > 0 } names)
        {
            using var late = new CancellationTokenSource(s_patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(closing, late.Token);
            try
            {
                await ask(names, either.Token).ConfigureAwait(false);
                lock (_gate)
                {
                    _pauses.Reset();
                    _bundle = ContactRequests.MaxDetails;
                }
            }
            catch (Exception) when (closing.IsCancellationRequested)
            {
                // Nobody wants the names any more. The next turn ends.
            }
            catch (Exception e)
            {
                Failed(names, e);
            }
        }
    }

    /// <returns>The user names of the next request; empty at the end of the run.</returns>
    private string[] Next()
    {
        lock (_gate)
        {
            string[] names = IsTime() && mayAsk() ? [.. _wanted.Take(_bundle)] : [];
            _wanted.RemoveRange(0, names.Length);
            if (names.Length == 0) _running = null;
            return names;
        }
    }

    private void Failed(string[] names, Exception e)
    {
        lock (_gate)
        {
            // One bad name makes the server refuse its whole bundle, so the next ones are smaller. A name refused alone is bad.
            bool isRefusal = e is WeChatException { Reason: WeChatErrorReason.Refused } or WeChatException { InnerException: WireReplyException };
            if (isRefusal) _bundle = Math.Max(1, names.Length / 2);
            if (!isRefusal || names.Length > 1) _wanted.InsertRange(0, names);
            _pause = new Countdown(time, _pauses.Next());
        }

        tell(e is OperationCanceledException ? "The names of unknown chats did not load in time." : e.Message);
    }
}
