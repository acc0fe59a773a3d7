using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>A cmdlet with an async body. Every await resumes on the pipeline thread, so the body may call every cmdlet method.</summary>
/// <remarks>
/// Bodies await all their work and never use <c>ConfigureAwait(false)</c>. A <see cref="WeChatException"/> from a body ends the
/// pipeline with its error record. This class replaces control characters in all text for the streams.
/// </remarks>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan s_stopGrace = TimeSpan.FromSeconds(1);
    private static readonly string[] s_shown = ["PSHOST"];

    // The source is never disposed: it holds no timer, and StopProcessing may run on another thread after Dispose.
    private readonly CancellationTokenSource _stop = new();
    private SynchronizationContext? _outer;

    /// <summary>Runs once, before any input.</summary>
    /// <param name="stop">Cancelled when the pipeline is stopped or is over.</param>
    protected virtual Task BeginAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Runs for every input object.</summary>
    /// <param name="stop">Cancelled when the pipeline is stopped or is over.</param>
    protected virtual Task ProcessAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Runs once, after all input.</summary>
    /// <param name="stop">Cancelled when the pipeline is stopped or is over.</param>
    protected virtual Task EndAsync(CancellationToken stop) => Task.CompletedTask;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Run(BeginAsync);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Run(ProcessAsync);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Run(EndAsync);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>PowerShell calls this method at the end of every pipeline. When <c>Select-Object -First</c> ends it, PowerShell calls no other method.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the resources of the cmdlet.</summary>
    /// <param name="disposing">Always true: there is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Writes one object. The downstream commands run inside this call.</summary>
    protected new void WriteObject(object? sendToPipeline)
    {
        using OutsideScope _ = Outside();
        base.WriteObject(sendToPipeline);
    }

    /// <summary>Do not use: the downstream commands would run in the synchronization context of this cmdlet.</summary>
    [Obsolete("Write the objects one by one.", error: true)]
    protected new void WriteObject(object? sendToPipeline, bool enumerateCollection) => base.WriteObject(sendToPipeline, enumerateCollection);

    /// <summary>Writes a non-terminating error about one input.</summary>
    protected void WriteError(WeChatException failure)
    {
        using OutsideScope _ = Outside();
        base.WriteError(Errors.Record(failure));
    }

    /// <summary>Writes a warning.</summary>
    protected new void WriteWarning(string text)
    {
        using OutsideScope _ = Outside();
        base.WriteWarning(DisplayText.Visible(text));
    }

    /// <summary>Writes to the verbose stream.</summary>
    protected new void WriteVerbose(string text)
    {
        using OutsideScope _ = Outside();

        // With -Debug and without -Verbose, the engine prompts at every verbose line.
        bool wouldPrompt = MyInvocation.BoundParameters.ContainsKey("Debug") && !MyInvocation.BoundParameters.ContainsKey("Verbose");
        if (wouldPrompt) base.WriteDebug(DisplayText.Visible(text));
        else base.WriteVerbose(DisplayText.Visible(text));
    }

    /// <summary>Writes to the debug stream.</summary>
    protected new void WriteDebug(string text)
    {
        using OutsideScope _ = Outside();
        base.WriteDebug(DisplayText.Visible(text));
    }

    /// <summary>Shows a line as Write-Host does: on the screen and in the information stream.</summary>
    /// <param name="text">The line. It may contain text from the server.</param>
    protected void Show(string text) => Show(text, null, null);

    /// <summary>Shows a line in colours. Null stands for the colours of the terminal.</summary>
    protected void Show(string text, ConsoleColor? foreground, ConsoleColor? background)
    {
        using OutsideScope _ = Outside();
        WriteInformation(
            new HostInformationMessage { Message = DisplayText.Visible(text), ForegroundColor = foreground, BackgroundColor = background }, s_shown);
    }

    /// <summary>Writes an object to the information stream, with a tag that scripts can filter by.</summary>
    /// <param name="said">The object. Its text is the line to show, without control characters.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="shown">Whether the line is shown as <see cref="Show(string)"/> does.</param>
    private protected void Inform(object said, string tag, bool shown)
    {
        using OutsideScope _ = Outside();
        WriteInformation(said, shown ? [tag, .. s_shown] : [tag]);
    }

    /// <summary>Shows the session's notices since the last call.</summary>
    private protected void ShowNotices(WeChatSession session)
    {
        foreach (SessionNotice notice in session.TakeNotices(IsDebugWanted))
            Show(notice);
    }

    /// <summary>Writes one notice to the stream of its level.</summary>
    private protected void Show(SessionNotice notice)
    {
        switch (notice.Level)
        {
            case NoticeLevel.Warning:
                WriteWarning(notice.Text);
                break;
            case NoticeLevel.Information:
                Show(notice.Text);
                break;
            case NoticeLevel.Verbose:
                WriteVerbose(notice.Text);
                break;
            default:
                WriteDebug(notice.Text);
                break;
        }
    }

    /// <summary>Shows the progress of a wait or a transfer. Both texts may contain text from the server.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="status">Its status.</param>
    /// <param name="percent">The finished part, 0 to 100; -1 when unknown.</param>
    protected void ShowProgress(string activity, string status, int percent = -1)
    {
        using OutsideScope _ = Outside();
        WriteProgress(new ProgressRecord(0, DisplayText.Visible(activity), DisplayText.Visible(status)) { PercentComplete = percent });
    }

    /// <summary>Removes the progress display.</summary>
    protected void EndProgress(string activity)
    {
        using OutsideScope _ = Outside();
        WriteProgress(new ProgressRecord(0, DisplayText.Visible(activity), " ") { RecordType = ProgressRecordType.Completed });
    }

    /// <summary>Applies -WhatIf and -Confirm.</summary>
    protected new bool ShouldProcess(string target, string action)
    {
        using OutsideScope _ = Outside();
        return base.ShouldProcess(DisplayText.Visible(target), action);
    }

    /// <summary>Cancelled when the pipeline is stopped or is over. The bodies get the same token.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>Whether the pipeline was stopped, or is over.</summary>
    private protected bool IsStopping => _stop.IsCancellationRequested;

    /// <summary>Whether the debug stream is shown, so that filling it is worth the work.</summary>
    private protected bool IsDebugWanted =>
        MyInvocation.BoundParameters.TryGetValue("Debug", out object? debug)
            ? debug is SwitchParameter { IsPresent: true }
            : GetVariableValue("DebugPreference") is ActionPreference preference
                && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    private void Run(Func<CancellationToken, Task> body)
    {
        _outer = SynchronizationContext.Current;
        var pump = new PipelinePump();
        SynchronizationContext.SetSynchronizationContext(pump);
        try
        {
            pump.Run(body(_stop.Token), s_stopGrace, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (WeChatException failure)
        {
            SynchronizationContext.SetSynchronizationContext(_outer);
            ThrowTerminatingError(Errors.Record(failure));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(_outer);
        }
    }

    // Downstream commands and the host must not run in the context of this cmdlet. If they blocked on an await there, the pipeline
    // thread would wait for itself.
    private OutsideScope Outside() => new(_outer);

    private readonly ref struct OutsideScope
    {
        private readonly SynchronizationContext? _inner;

        public OutsideScope(SynchronizationContext? outer)
        {
            _inner = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(outer);
        }

        public void Dispose() => SynchronizationContext.SetSynchronizationContext(_inner);
    }
}
