using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Export-Clixml.</summary>
[Cmdlet(VerbsData.Export, "Clixml", SupportsShouldProcess = true)]
public sealed class ExportClixmlCommand : PSCmdlet
{
    private readonly List<object?> _items = [];

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    protected override void ProcessRecord() => _items.Add(InputObject);

    protected override void EndProcessing()
    {
        string file = GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(file)) return;
        FileMode mode = NoClobber ? FileMode.CreateNew : FileMode.Create;
        using var writer = new StreamWriter(new FileStream(file, mode), System.Text.Encoding.UTF8);
        writer.Write(PSSerializer.Serialize(_items.Count == 1 ? _items[0] : _items.ToArray(), Depth));
    }
}

/// <summary>Import-Clixml.</summary>
[Cmdlet(VerbsData.Import, "Clixml")]
public sealed class ImportClixmlCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string file in Path.SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _)))
        {
            WriteObject(PSSerializer.Deserialize(File.ReadAllText(file)), enumerateCollection: true);
        }
    }
}
