using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace EngineHost;

/// <summary>The engine's view of this process.</summary>
internal sealed class ConsoleEngineHost(bool nonInteractive) : PSHost
{
    private readonly Guid _id = Guid.NewGuid();

    public ConsoleOutput Output { get; } = new();

    public int ExitCode { get; set; }

    /// <summary>Whether a script or the user has said <c>exit</c>.</summary>
    public bool HasEnded { get; private set; }

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
    public override void NotifyBeginApplication() => Output.EndProgress();

    public override void NotifyEndApplication()
    {
    }
}
