using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sync;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Polling without a receiver.</content>
public sealed partial class WeChatSession
{
    // A full disk may have free space again.
    private static readonly TimeSpan s_keepAgainAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_reportEvery = TimeSpan.FromMinutes(5);

    private CancellationTokenSource? _keeping;
    private long _reportedAt;

    /// <summary>Whether the session polls into its inbox without a receiver.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>Starts polling into the inbox. A receiver takes over the polling while it runs.</summary>
    internal void KeepAlive()
    {
        lock (_gate)
        {
            KeepsAlive = true;
            StartKeeping();
        }
    }

    /// <remarks>The caller holds the gate.</remarks>
    private void StartKeeping()
    {
        if (!KeepsAlive || !IsConnected || _disposed || _stream is not null || _keeping is not null) return;
        _keeping = new CancellationTokenSource();
        CancellationToken stop = _keeping.Token;
        _ = Task.Run(() => KeepAsync(stop), CancellationToken.None);
    }

    /// <summary>Cancels the current poll. The loop allows no other poll before it has ended.</summary>
    /// <remarks>The caller holds the gate.</remarks>
    private void PauseKeeping()
    {
        _keeping?.Cancel();
        _keeping = null;
    }

    /// <summary>Creates the status report of this client.</summary>
    private WireRequest ComposeReport()
    {
        _reportedAt = Time.GetTimestamp();
        string self = Contacts.Self!.UserName;
        return LoginRequests.StatusNotify(
            _connection!.Endpoints, _connection.Credentials, StatusNotifyCode.Started, self, self, Time.GetUtcNow());
    }

    /// <summary>Sends a status report from time to time, after a poll. Without a timer, an idle session stays idle.</summary>
    private void ReportWhenDue()
    {
        // A pause of sends may have ended.
        NoteState();
        if (KeepsAlive && Time.GetElapsedTime(_reportedAt) >= s_reportEvery) _ = ReportAsync(ComposeReport());
    }

    /// <summary>Creates the error for what ended the loop, which nobody foresaw unless it is an error already.</summary>
    private static WeChatException WhyPollingEnded(Exception e) => e as WeChatException
        ?? new WeChatException(WeChatErrorReason.Unreachable, $"Polling ended unexpectedly ({e.GetType().Name}): {e.Message}", e);

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
            // The session is closed.
        }
        catch (Exception e)
        {
            Trace(e.Message);
        }

        // Polls, not reports, determine the state of the session.
        void Trace(string what) => Notify(new SessionNotice(NoticeLevel.Verbose, $"The status report to WeChat failed: {what}"));
    }

    /// <summary>Runs the loop until it is stopped or the session has ended. Whatever else ends it, it is told and the loop starts again.</summary>
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
                // Another receiver took over, or the session is closed, so any exception is irrelevant.
                return;
            }
            catch (SyncEndedException e)
            {
                Warn(End(e.Code, e).Message);
                return;
            }
            catch (Exception e)
            {
                _health.Trouble(WhyPollingEnded(e).Message, s_keepAgainAfter, $" Polling starts again in {s_keepAgainAfter.TotalSeconds:0} seconds.");
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
