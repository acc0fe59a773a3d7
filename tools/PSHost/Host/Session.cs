using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Threading;
using Microsoft.PowerShell;

namespace EngineHost;

/// <summary>One runspace and the pipelines that run in it, one at a time.</summary>
internal sealed class Session : IDisposable
{
    /// <summary>The exit code of a run that Ctrl+C ended.</summary>
    public const int Interrupted = 130;

    private readonly ConsoleEngineHost _host;
    private volatile Pipeline? _running;

    public Session(bool nonInteractive)
    {
        _host = new ConsoleEngineHost(nonInteractive);
        // CreateDefault wants pwsh's own console assembly, which no package brings.
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = ExecutionPolicy.Bypass;
        Runspace = RunspaceFactory.CreateRunspace(_host, state);
        Runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        Runspace.Open();
        Runspace.DefaultRunspace = Runspace;
        LetScriptFilesExit();
    }

    public Runspace Runspace { get; }

    public ConsoleEngineHost Host => _host;

    public int ExitCode => _host.ExitCode;

    public bool HasEnded => _host.HasEnded;

    public void RunFile(string path, IReadOnlyList<string> arguments)
    {
        var command = new Command(path, isScript: false, useLocalScope: false);
        foreach (CommandParameter parameter in ScriptArguments.Parse(arguments))
        {
            command.Parameters.Add(parameter);
        }

        using Pipeline pipeline = Runspace.CreatePipeline();
        pipeline.Commands.Add(command);
        Outcome outcome = Run(pipeline, WantsInput(Parser.ParseFile(path, out _, out _)));
        EndAfter(outcome, succeeded: outcome == Outcome.Completed);
    }

    public void RunCommand(string text)
    {
        // Only what goes to the history leaves its $? behind.
        using Pipeline pipeline = Runspace.CreatePipeline(text, addToHistory: true);
        Outcome outcome = Run(pipeline, WantsInput(Parser.ParseInput(text, out _, out _)));
        EndAfter(outcome, succeeded: outcome == Outcome.Completed && Runspace.SessionStateProxy.GetVariable("?") is true);
    }

    /// <summary>Runs what was typed at the prompt; an error or Ctrl+C ends the line and not the session.</summary>
    public void RunLine(string text)
    {
        using Pipeline pipeline = Runspace.CreatePipeline(text, addToHistory: true);
        Run(pipeline, feedInput: false);
    }

    /// <summary>Evaluates something for the shell itself: nothing is shown, errors are the caller's business.</summary>
    public IReadOnlyList<PSObject> Ask(string text)
    {
        using var shell = PowerShell.Create(Runspace);
        shell.AddScript(text);
        return shell.Invoke();
    }

    /// <summary>Stops what runs, from any thread.</summary>
    /// <returns>False when nothing was running.</returns>
    public bool Stop()
    {
        Pipeline? running = _running;
        running?.StopAsync();
        return running is not null;
    }

    public void Dispose() => Runspace.Dispose();

    private void EndAfter(Outcome outcome, bool succeeded)
    {
        if (!_host.HasEnded)
        {
            _host.ExitCode = outcome == Outcome.Stopped ? Interrupted : succeeded ? 0 : 1;
        }
    }

    private Outcome Run(Pipeline pipeline, bool feedInput)
    {
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add("Out-Default");
        using var finished = new ManualResetEventSlim();
        pipeline.StateChanged += (_, change) =>
        {
            if (change.PipelineStateInfo.State is PipelineState.Completed or PipelineState.Failed or PipelineState.Stopped) finished.Set();
        };
        try
        {
            _running = pipeline;

            // A process block runs once where there is no input at all, and never where there is an empty one.
            if (!feedInput) pipeline.Input.Close();
            pipeline.InvokeAsync();
            if (feedInput) StandardInput.FeedTo(pipeline.Input);

            finished.Wait();
        }
        finally
        {
            _running = null;
            _host.Output.EndProgress();
        }

        PipelineStateInfo end = pipeline.PipelineStateInfo;
        if (end.State == PipelineState.Failed) Report(ErrorOf(end.Reason));
        return end.State switch
        {
            PipelineState.Completed => Outcome.Completed,
            PipelineState.Stopped => Outcome.Stopped,
            _ => Outcome.Failed,
        };
    }

    private static ErrorRecord ErrorOf(Exception reason) => reason is IContainsErrorRecord { ErrorRecord: { } record }
        ? new ErrorRecord(record, reason)
        : new ErrorRecord(reason, reason.GetType().Name, ErrorCategory.NotSpecified, targetObject: null);

    private void Report(ErrorRecord record)
    {
        using Pipeline pipeline = Runspace.CreatePipeline();
        pipeline.Commands.Add("Out-Default");
        PSObject shown = PSObject.AsPSObject(record);
        MarkAsError(shown);
        pipeline.Input.Write(shown);
        pipeline.Input.Close();
        pipeline.Invoke();
    }

    // Standard input belongs to the script ([Console]::In, Read-Host, native commands) unless it asks for $input; a process block is not enough.
    private static bool WantsInput(ScriptBlockAst script) => !Terminal.InputIsTerminal
        && script.Find(
            ast => ast is VariableExpressionAst { VariablePath.UserPath: var name } && name.Equals("input", StringComparison.OrdinalIgnoreCase),
            searchNestedScriptBlocks: true) is not null;

    // What pwsh does for -File; without it `exit 3` in a script file only sets $LASTEXITCODE.
    private void LetScriptFilesExit()
    {
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
        object? context = typeof(Runspace).GetProperty("ExecutionContext", Hidden)?.GetValue(Runspace);
        PropertyInfo rethrow = context?.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Hidden)
            ?? throw new NotSupportedException("This engine version passes exit codes of script files in another way.");
        rethrow.SetValue(context, true);
    }

    // The engine marks what Write-Error wrote in this way; there is no public word for it.
    private static void MarkAsError(PSObject record)
    {
        PropertyInfo? stream = typeof(PSObject).GetProperty("WriteStream", BindingFlags.Instance | BindingFlags.NonPublic);
        stream?.SetValue(record, Enum.Parse(stream.PropertyType, "Error"));
    }

    private enum Outcome
    {
        Completed,
        Failed,
        Stopped,
    }
}
