using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;

namespace Microsoft.PowerShell.Commands;

/// <summary>The cmdlets that are given processes, by name, number or object.</summary>
public abstract class ProcessCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PID")]
    public virtual int[] Id { get; set; } = [];

    [Parameter(ParameterSetName = "InputObject", Mandatory = true, ValueFromPipeline = true)]
    public Process[] InputObject { get; set; } = [];

    protected IEnumerable<Process> Find(string[] names)
    {
        if (ParameterSetName == "InputObject") return InputObject;
        return ParameterSetName == "Id" ? Id.Select(ById).OfType<Process>() : names.SelectMany(ByName);
    }

    private Process? ById(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            WriteError(NotFound($"Cannot find a process with the process identifier {id}.", "NoProcessFoundForGivenId", id));
            return null;
        }
    }

    private IEnumerable<Process> ByName(string name)
    {
        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
        Process[] found = [.. Process.GetProcesses().Where(process => pattern.IsMatch(process.ProcessName))
            .OrderBy(process => process.ProcessName, StringComparer.OrdinalIgnoreCase)
            .ThenBy(process => process.Id)];
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            WriteError(NotFound($"Cannot find a process with the name \"{name}\".", "NoProcessFoundForGivenName", name));
        }

        return found;
    }

    private static ErrorRecord NotFound(string message, string id, object target) =>
        new(new ArgumentException(message), id, ErrorCategory.ObjectNotFound, target);
}

/// <summary>Get-Process.</summary>
[Cmdlet(VerbsCommon.Get, "Process", DefaultParameterSetName = "Name")]
[OutputType(typeof(Process))]
public sealed class GetProcessCommand : ProcessCommand
{
    [Parameter(ParameterSetName = "Name", Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ProcessName")]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord() => WriteObject(Find(Name), enumerateCollection: true);
}

/// <summary>Stop-Process.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Process", DefaultParameterSetName = "Id", SupportsShouldProcess = true)]
public sealed class StopProcessCommand : ProcessCommand
{
    [Parameter(ParameterSetName = "Id", Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public override int[] Id { get; set; } = [];

    [Parameter(ParameterSetName = "Name", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProcessName")]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (Process process in Find(Name))
        {
            if (!ShouldProcess($"{process.ProcessName} ({process.Id})")) continue;
            try
            {
                process.Kill();
                if (PassThru) WriteObject(process);
            }
            catch (Exception error) when (error is Win32Exception or InvalidOperationException)
            {
                WriteError(new ErrorRecord(error, "CouldNotStopProcess", ErrorCategory.CloseError, process));
            }
        }
    }
}

/// <summary>Wait-Process.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Process", DefaultParameterSetName = "Name")]
public sealed class WaitProcessCommand : ProcessCommand
{
    [Parameter(ParameterSetName = "Name", Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ProcessName")]
    public string[] Name { get; set; } = [];

    [Parameter(Position = 1)]
    [Alias("TimeoutSec")]
    public int Timeout { get; set; } = -1;

    protected override void ProcessRecord()
    {
        long deadline = Timeout < 0 ? long.MaxValue : Environment.TickCount64 + (Timeout * 1000L);
        foreach (Process process in Find(Name))
        {
            while (!Stopping && !process.WaitForExit(100))
            {
                if (Environment.TickCount64 < deadline) continue;
                WriteError(new ErrorRecord(new TimeoutException($"The process {process.Id} has not ended in time."),
                    "ProcessNotTerminated", ErrorCategory.CloseError, process));
                break;
            }
        }
    }
}

/// <summary>Start-Process.</summary>
[Cmdlet(VerbsLifecycle.Start, "Process", SupportsShouldProcess = true)]
[OutputType(typeof(Process))]
public sealed class StartProcessCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("PSPath", "Path")]
    public string FilePath { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    public string[] ArgumentList { get; set; } = [];

    [Parameter]
    public string? WorkingDirectory { get; set; }

    [Parameter]
    [Alias("nnw")]
    public SwitchParameter NoNewWindow { get; set; }

    [Parameter]
    [Alias("RSO")]
    public string? RedirectStandardOutput { get; set; }

    [Parameter]
    [Alias("RSE")]
    public string? RedirectStandardError { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing()
    {
        string command = FilePath;
        CommandInfo? known = InvokeCommand.GetCommand(command, CommandTypes.Application);
        var start = new ProcessStartInfo(known?.Definition ?? command)
        {
            // As with pwsh: one command line, which the caller has quoted.
            Arguments = string.Join(' ', ArgumentList),
            WorkingDirectory = WorkingDirectory is null
                ? SessionState.Path.CurrentFileSystemLocation.ProviderPath
                : GetUnresolvedProviderPathFromPSPath(WorkingDirectory),
            RedirectStandardOutput = RedirectStandardOutput is not null,
            RedirectStandardError = RedirectStandardError is not null,
        };
        if (!ShouldProcess(start.FileName)) return;
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            ThrowTerminatingError(new ErrorRecord(error, "InvalidOperationException", ErrorCategory.InvalidOperation, FilePath));
        }

        Task output = RedirectStandardOutput is null ? Task.CompletedTask : Save(process!.StandardOutput, RedirectStandardOutput);
        Task errors = RedirectStandardError is null ? Task.CompletedTask : Save(process!.StandardError, RedirectStandardError);
        if (PassThru) WriteObject(process);
        if (!Wait) return;
        while (!Stopping && !process!.WaitForExit(100))
        {
        }

        if (!Stopping) Task.WaitAll(output, errors);
    }

    private Task Save(StreamReader stream, string path)
    {
        string file = GetUnresolvedProviderPathFromPSPath(path);
        return Task.Run(async () =>
        {
            FileStream target = File.Create(file);
            await using (target.ConfigureAwait(false)) await stream.BaseStream.CopyToAsync(target).ConfigureAwait(false);
        });
    }
}
