using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>What -PathType of Test-Path may be.</summary>
public enum TestPathType
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>Something that can hold items.</summary>
    Container,

    /// <summary>Something that cannot.</summary>
    Leaf,
}

/// <summary>Test-Path.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = ByPath)]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : PathCommand
{
    [Parameter(ParameterSetName = ByPath, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public override string[] Path { get; set; } = [];

    [Parameter]
    [Alias("Type")]
    public TestPathType PathType { get; set; }

    [Parameter]
    public SwitchParameter IsValid { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string? path in Paths) WriteObject(!string.IsNullOrWhiteSpace(path) && Test(path));
    }

    private bool Test(string path)
    {
        if (IsValid) return SessionState.Path.IsValid(path);
        try
        {
            if (!InvokeProvider.Item.Exists(path, force: false, IsLiteral)) return false;
            return PathType == TestPathType.Any || IsContainer(path) == (PathType == TestPathType.Container);
        }
        catch (System.Exception error) when (error is ItemNotFoundException or DriveNotFoundException or ProviderNotFoundException)
        {
            return false;
        }
    }

    private bool IsContainer(string path) => IsLiteral
        ? InvokeProvider.Item.IsContainer(WildcardPattern.Escape(path))
        : InvokeProvider.Item.IsContainer(path);
}

/// <summary>Resolve-Path.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = ByPath)]
[OutputType(typeof(PathInfo), typeof(string))]
public sealed class ResolvePathCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Relative { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        string pattern = IsLiteral ? WildcardPattern.Escape(path) : path;
        foreach (PathInfo found in SessionState.Path.GetResolvedPSPathFromPSPath(pattern))
        {
            WriteObject(Relative ? RelativeToHere(found) : found);
        }
    });

    private string RelativeToHere(PathInfo found)
    {
        string relative = System.IO.Path.GetRelativePath(SessionState.Path.CurrentLocation.ProviderPath, found.ProviderPath);
        return relative.StartsWith('.') ? relative : System.IO.Path.Join(".", relative);
    }
}

/// <summary>Convert-Path.</summary>
[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = ByPath)]
[OutputType(typeof(string))]
public sealed class ConvertPathCommand : PathCommand
{
    protected override void ProcessRecord() => ForEachPath(path => WriteObject(Resolve(path, out _), enumerateCollection: true));
}
