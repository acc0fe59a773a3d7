using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sync;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Polling on while nobody receives.</content>
public sealed partial class WeChatSession
{
    // a disk that is full may have room again
    private static readonly TimeSpan s_keepAgainAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_reportEvery = TimeSpan.FromMinutes(5);

    private CancellationTokenSource? _keeping;
    private long _reportedAt;

    /// <summary>Whether it goes on polling into its inbox while nobody receives.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>From now on the session polls into its inbox whenever nobody receives. A receiver takes over, and gives back when it ends.</summary>
    internal void KeepAlive()
    {
        lock (_gate)
        {
            KeepsAlive = true;
            StartKeeping();
        }
    }

    /// <remarks>Within the gate.</remarks>
    private void StartKeeping()
    {
        if (!KeepsAlive || !IsConnected || _disposed || _stream is not null || _keeping is not null) return;
        _keeping = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        CancellationToken stop = _keeping.Token;
        _ = Task.Run(() => KeepAsync(stop), CancellationToken.None);
    }

    /// <summary>Its poll ends at once; the loop lets nobody else poll before that.</summary>
    /// <remarks>Within the gate.</remarks>
    private void PauseKeeping()
    {
        _keeping?.Cancel();
        _keeping = null;
    }

    /// <summary>The report that this client is there; the first one says that it has started.</summary>
    private WireRequest ComposeReport()
    {
        _reportedAt = Time.GetTimestamp();
        string self = Contacts.Self!.UserName;
        return LoginRequests.StatusNotify(
            _connection!.Endpoints, _connection.Credentials, StatusNotifyCode.Started, self, self, Time.GetUtcNow());
    }

    /// <summary>A poll was answered: now and then the server is told that this client is there. Without a timer, so a session at rest stays at rest.</summary>
    private void ReportWhenDue()
    {
        // a pause of the sends may be over
        NoteState();
        if (KeepsAlive && Time.GetElapsedTime(_reportedAt) >= s_reportEvery) _ = ReportAsync(ComposeReport());
    }

    private async Task ReportAsync(WireRequest report)
    {
        try
        {
            WireReply reply = await _connection!.SendAsync(report, _closing.Token).ConfigureAwait(false);
            BaseResponse response = ChangeReply.Parse(report.Endpoint, reply.Body.Span).Response;
            if (response.Ret != 0) Trace(response.ToException(report.Endpoint).Message);
        }
        catch (Exception) when (_closing.IsCancellationRequested)
        {
            // the session is closed
        }
        catch (Exception e) when (e is WireException or WireReplyException)
        {
            Trace(e.Message);
        }

        // whether the session is well is for the polls to say
        void Trace(string what) => Notify(new SessionNotice(NoticeLevel.Verbose, $"The report that this client is there failed: {what}"));
    }

    private async Task KeepAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await _loop!.RunAsync(stop).ConfigureAwait(false);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                // whatever it was doing: somebody else goes on, or the session is closed
                return;
            }
            catch (SyncEndedException e)
            {
                Warn(End(e.Code, e).Message);
                return;
            }
            catch (WeChatException e)
            {
                Warn(e.Message);
            }

            try
            {
                await Time.DelayAsync(s_keepAgainAfter, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
