using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;

namespace EngineHost;

/// <summary>The engine's view of this process.</summary>
internal sealed class ConsoleEngineHost(bool nonInteractive) : PSHost
{
    private readonly Guid _id = Guid.NewGuid();
    private int _programs;

    public ConsoleOutput Output { get; } = new();

    public int ExitCode { get; set; }

    /// <summary>Whether a script or the user has said <c>exit</c>.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether a program that the script has started has the terminal.</summary>
    public bool HasLentTerminal => Volatile.Read(ref _programs) > 0;

    public override string Name => "PSHost";

    public override Version Version => typeof(PSObject).Assembly.GetName().Version!;

    public override Guid InstanceId => _id;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI => field ??= new ConsoleUI(Output, nonInteractive);

    public override void SetShouldExit(int exitCode)
    {
        HasEnded = true;
        ExitCode = exitCode;
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException("This host has no nested prompts.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This host has no nested prompts.");

    // Native commands write to the terminal themselves: nothing may be half-drawn on it.
    public override void NotifyBeginApplication()
    {
        Output.EndProgress();
        Interlocked.Increment(ref _programs);
    }

    public override void NotifyEndApplication() => Interlocked.Decrement(ref _programs);
}
