using System.Collections.Generic;
using System.Management.Automation;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>Tee-Object.</summary>
[Cmdlet("Tee", "Object", DefaultParameterSetName = "File")]
public sealed class TeeObjectCommand : PSCmdlet
{
    private readonly List<PSObject?> _kept = [];
    private SteppablePipeline? _file;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(ParameterSetName = "File", Mandatory = true, Position = 0)]
    [Alias("Path")]
    public string? FilePath { get; set; }

    [Parameter(ParameterSetName = "LiteralFile", Mandatory = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    [Parameter(ParameterSetName = "Variable", Mandatory = true)]
    public string? Variable { get; set; }

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    [EncodingName]
    public Encoding Encoding { get; set; } = EncodingNameAttribute.Default;

    protected override void BeginProcessing()
    {
        if (Variable is not null) return;
        ScriptBlock write = ScriptBlock.Create(
            "param($path, $append, $encoding) Out-File -LiteralPath $path -Append:$append -Encoding $encoding");
        _file = write.GetSteppablePipeline(CommandOrigin.Internal, [LiteralPath ?? FilePath, Append, Encoding]);
        _file.Begin(this);
    }

    protected override void ProcessRecord()
    {
        _file?.Process(InputObject);
        _kept.Add(InputObject);
        WriteObject(InputObject);
    }

    protected override void EndProcessing()
    {
        _file?.End();
        if (Variable is null) return;
        object? before = Append ? SessionState.PSVariable.GetValue(Variable) : null;
        if (before is not null) _kept.Insert(0, PSObject.AsPSObject(before));
        SessionState.PSVariable.Set(Variable, _kept.Count == 1 ? _kept[0] : _kept.ToArray());
    }
}
