using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Location.</summary>
[Cmdlet(VerbsCommon.Get, "Location")]
[OutputType(typeof(PathInfo), typeof(PathInfoStack))]
public sealed class GetLocationCommand : PSCmdlet
{
    [Parameter]
    public SwitchParameter Stack { get; set; }

    [Parameter]
    public string? StackName { get; set; }

    protected override void ProcessRecord() =>
        WriteObject(Stack || StackName is not null ? SessionState.Path.LocationStack(StackName) : SessionState.Path.CurrentLocation);
}

/// <summary>Set-Location.</summary>
[Cmdlet(VerbsCommon.Set, "Location", DefaultParameterSetName = "Path")]
public sealed class SetLocationCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Path", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string Path { get; set; } = "~";

    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        PathInfo now = SessionState.Path.SetLocation(LiteralPath is { } literal ? WildcardPattern.Escape(literal) : Path);
        if (PassThru) WriteObject(now);
    }
}

/// <summary>Push-Location.</summary>
[Cmdlet(VerbsCommon.Push, "Location", DefaultParameterSetName = "Path")]
public sealed class PushLocationCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Path", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    [Parameter]
    public string? StackName { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        SessionState.Path.PushCurrentLocation(StackName);
        string? target = LiteralPath is { } literal ? WildcardPattern.Escape(literal) : Path;
        if (target is not null) SessionState.Path.SetLocation(target);
        if (PassThru) WriteObject(SessionState.Path.CurrentLocation);
    }
}

/// <summary>Pop-Location.</summary>
[Cmdlet(VerbsCommon.Pop, "Location")]
public sealed class PopLocationCommand : PSCmdlet
{
    [Parameter]
    public string? StackName { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        PathInfo now = SessionState.Path.PopLocation(StackName);
        if (PassThru) WriteObject(now);
    }
}

/// <summary>Get-PSDrive.</summary>
[Cmdlet(VerbsCommon.Get, "PSDrive")]
[OutputType(typeof(PSDriveInfo))]
public sealed class GetPSDriveCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string Name { get; set; } = "*";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PSProvider { get; set; }

    protected override void ProcessRecord()
    {
        var pattern = new WildcardPattern(Name, WildcardOptions.IgnoreCase);
        foreach (PSDriveInfo drive in SessionState.Drive.GetAll())
        {
            bool provided = PSProvider is null || drive.Provider.Name.Equals(PSProvider, System.StringComparison.OrdinalIgnoreCase);
            if (provided && pattern.IsMatch(drive.Name)) WriteObject(drive);
        }
    }
}
