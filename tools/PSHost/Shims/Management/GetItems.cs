using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>The cmdlets that give items, chosen by name.</summary>
public abstract class GetItemsCommand : PathCommand
{
    [Parameter(Position = 1)]
    [SupportsWildcards]
    public string Filter { get; set; } = "";

    [Parameter]
    [SupportsWildcards]
    public string[] Include { get; set; } = [];

    [Parameter]
    [SupportsWildcards]
    public string[] Exclude { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected bool IsChosen(PSObject item)
    {
        string name = item.Properties["PSChildName"]?.Value as string ?? "";
        return (Filter.Length == 0 || Matches(name, [Filter]))
            && (Include.Length == 0 || Matches(name, Include)) && !Matches(name, Exclude);
    }
}

/// <summary>Get-Item.</summary>
[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = ByPath)]
public sealed class GetItemCommand : GetItemsCommand
{
    protected override void ProcessRecord() => ForEachPath(path =>
        WriteObject(InvokeProvider.Item.Get([path], Force, IsLiteral).Where(IsChosen), enumerateCollection: true));
}

/// <summary>Get-ChildItem.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = ByPath)]
public sealed class GetChildItemCommand : GetItemsCommand
{
    [Parameter(ParameterSetName = ByPath, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public override string[] Path { get; set; } = ["."];

    [Parameter]
    [Alias("s")]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public uint Depth { get; set; } = uint.MaxValue;

    [Parameter]
    public SwitchParameter Name { get; set; }

    [Parameter]
    [Alias("ad")]
    public SwitchParameter Directory { get; set; }

    [Parameter]
    [Alias("af")]
    public SwitchParameter File { get; set; }

    [Parameter]
    [Alias("h")]
    public SwitchParameter Hidden { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        foreach (PSObject item in Items(path))
        {
            if (Stopping) return;
            if (IsChosen(item) && IsKind(item)) WriteObject(Name ? NameBelow(path, item) : item);
        }
    });

    private IEnumerable<PSObject> Items(string path)
    {
        bool recurse = Recurse || Depth != uint.MaxValue;
        return InvokeProvider.ChildItem.Get([path], recurse, Depth, Force || Hidden, IsLiteral);
    }

    private bool IsKind(PSObject item)
    {
        if (Hidden && (item.BaseObject is not FileSystemInfo info || !info.Attributes.HasFlag(FileAttributes.Hidden))) return false;
        bool container = item.Properties["PSIsContainer"]?.Value is true;
        return (!Directory || container) && (!File || !container);
    }

    private string NameBelow(string path, PSObject item)
    {
        string name = (string)item.Properties["PSChildName"].Value;
        if (item.BaseObject is not FileSystemInfo file) return name;
        string root = GetUnresolvedProviderPathFromPSPath(path);
        return System.IO.Directory.Exists(root) ? System.IO.Path.GetRelativePath(root, file.FullName) : name;
    }
}
