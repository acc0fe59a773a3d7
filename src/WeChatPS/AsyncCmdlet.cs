using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>A cmdlet whose body is async: every await resumes on the pipeline thread, so that all a cmdlet may do just works.</summary>
/// <remarks>
/// Bodies await to the end and never use <c>ConfigureAwait(false)</c>. A <see cref="WeChatException"/> that leaves a body ends the
/// pipeline with its error record. All text for a stream is made safe to show here, in one place.
/// </remarks>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan s_stopGrace = TimeSpan.FromSeconds(1);
    private static readonly string[] s_shown = ["PSHOST"];

    // never disposed: it holds no timer, and StopProcessing may come from another thread after Dispose
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

    /// <summary>PowerShell calls this however a pipeline ends; where <c>Select-Object -First</c> ends it, nothing else.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    /// <param name="disposing">Always true: there is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Writes one object; the commands downstream run inside this call.</summary>
    protected new void WriteObject(object? sendToPipeline)
    {
        using OutsideScope _ = Outside();
        base.WriteObject(sendToPipeline);
    }

    /// <summary>Not to be used: commands downstream would run within our context.</summary>
    [Obsolete("Write the objects one by one.", error: true)]
    protected new void WriteObject(object? sendToPipeline, bool enumerateCollection) => base.WriteObject(sendToPipeline, enumerateCollection);

    /// <summary>Writes an error that concerns one input; the pipeline goes on unless the caller wants otherwise.</summary>
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

        // the engine takes -Debug without -Verbose as a wish to be asked at every verbose line
        bool isAsked = MyInvocation.BoundParameters.ContainsKey("Debug") && !MyInvocation.BoundParameters.ContainsKey("Verbose");
        if (isAsked) base.WriteDebug(DisplayText.Visible(text));
        else base.WriteVerbose(DisplayText.Visible(text));
    }

    /// <summary>Writes to the debug stream.</summary>
    protected new void WriteDebug(string text)
    {
        using OutsideScope _ = Outside();
        base.WriteDebug(DisplayText.Visible(text));
    }

    /// <summary>Shows a line as Write-Host does: on the screen, and in the information stream for those who want to capture it.</summary>
    /// <param name="text">The line, which may come from the wire.</param>
    protected void Show(string text) => Show(text, null, null);

    /// <summary>Shows a line in colours; null stands for the terminal's own.</summary>
    protected void Show(string text, ConsoleColor? foreground, ConsoleColor? background)
    {
        using OutsideScope _ = Outside();
        WriteInformation(
            new HostInformationMessage { Message = DisplayText.Visible(text), ForegroundColor = foreground, BackgroundColor = background }, s_shown);
    }

    /// <summary>Writes an object to the information stream, for scripts that look for its tag. Its text is safe to show.</summary>
    /// <param name="said">The object; what it is in text is the line to show.</param>
    /// <param name="tag">What it is about.</param>
    /// <param name="shown">Whether the line is shown as <see cref="Show(string)"/> does.</param>
    private protected void Inform(object said, string tag, bool shown)
    {
        using OutsideScope _ = Outside();
        WriteInformation(said, shown ? [tag, .. s_shown] : [tag]);
    }

    /// <summary>Shows what the session had to say since it was last asked.</summary>
    private protected void ShowNotices(WeChatSession session)
    {
        foreach (SessionNotice notice in session.TakeNotices(IsDebugWanted))
            Show(notice);
    }

    /// <summary>Shows one notice in the stream that fits its level.</summary>
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

    /// <summary>Shows how a wait or a long job stands. Both texts may come from the wire.</summary>
    /// <param name="activity">What is done.</param>
    /// <param name="status">How it stands.</param>
    /// <param name="percent">How much of it is done, 0 to 100; -1 when nobody knows.</param>
    protected void ShowProgress(string activity, string status, int percent = -1)
    {
        using OutsideScope _ = Outside();
        WriteProgress(new ProgressRecord(0, DisplayText.Visible(activity), DisplayText.Visible(status)) { PercentComplete = percent });
    }

    /// <summary>Takes the progress display away.</summary>
    protected void EndProgress(string activity)
    {
        using OutsideScope _ = Outside();
        WriteProgress(new ProgressRecord(0, DisplayText.Visible(activity), " ") { RecordType = ProgressRecordType.Completed });
    }

    /// <summary>Asks -WhatIf and -Confirm.</summary>
    protected new bool ShouldProcess(string target, string action)
    {
        using OutsideScope _ = Outside();
        return base.ShouldProcess(DisplayText.Visible(target), action);
    }

    /// <summary>Cancelled when the pipeline is stopped or is over, as what the bodies are given.</summary>
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

    // Whatever runs other people's code (commands downstream, a host) must not see our context: code there that blocks on an await
    // would wait for a thread that waits for it.
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
