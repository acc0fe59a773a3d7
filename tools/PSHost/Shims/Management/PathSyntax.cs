using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Join-Path.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
public sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string ChildPath { get; set; } = "";

    [Parameter(Position = 2, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] AdditionalChildPath { get; set; } = [];

    [Parameter]
    public SwitchParameter Resolve { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string parent in Path)
        {
            string joined = AdditionalChildPath.Prepend(ChildPath).Aggregate(parent, SessionState.Path.Combine);
            if (Resolve)
            {
                WriteObject(SessionState.Path.GetResolvedPSPathFromPSPath(joined).Select(path => path.Path), enumerateCollection: true);
            }
            else
            {
                WriteObject(joined);
            }
        }
    }
}

/// <summary>Split-Path.</summary>
[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = Parents)]
public sealed class SplitPathCommand : PSCmdlet
{
    private const string Parents = "ParentSet";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = Parents)]
    public SwitchParameter Parent { get; set; }

    [Parameter(ParameterSetName = "LeafSet", Mandatory = true)]
    public SwitchParameter Leaf { get; set; }

    [Parameter(ParameterSetName = "LeafBaseSet", Mandatory = true)]
    public SwitchParameter LeafBase { get; set; }

    [Parameter(ParameterSetName = "ExtensionSet", Mandatory = true)]
    public SwitchParameter Extension { get; set; }

    [Parameter(ParameterSetName = "QualifierSet", Mandatory = true)]
    public SwitchParameter Qualifier { get; set; }

    [Parameter(ParameterSetName = "NoQualifierSet", Mandatory = true)]
    public SwitchParameter NoQualifier { get; set; }

    [Parameter(ParameterSetName = "IsAbsoluteSet", Mandatory = true)]
    public SwitchParameter IsAbsolute { get; set; }

    [Parameter]
    public SwitchParameter Resolve { get; set; }

    protected override void ProcessRecord()
    {
        IEnumerable<string> paths = Resolve
            ? Path.SelectMany(path => SessionState.Path.GetResolvedPSPathFromPSPath(path)).Select(path => path.Path)
            : Path;
        foreach (string path in paths) WriteObject(Part(path));
    }

    private object Part(string path)
    {
        if (IsAbsolute) return SessionState.Path.IsPSAbsolute(path, out _) || System.IO.Path.IsPathRooted(path);
        if (Leaf) return SessionState.Path.ParseChildName(path);
        if (LeafBase) return System.IO.Path.GetFileNameWithoutExtension(path);
        if (Extension) return System.IO.Path.GetExtension(path);
        int colon = path.IndexOf(':', System.StringComparison.Ordinal);
        if (Qualifier) return path[..(colon + 1)];
        return NoQualifier ? path[(colon + 1)..] : SessionState.Path.ParseParent(path, root: "");
    }
}
