using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>New-Item.</summary>
[Cmdlet(VerbsCommon.New, "Item", DefaultParameterSetName = "PathSet", SupportsShouldProcess = true)]
public sealed class NewItemCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "PathSet", Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "NameSet", Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = ["."];

    [Parameter(ParameterSetName = "NameSet", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Name { get; set; }

    [Parameter]
    [Alias("Type")]
    public string? ItemType { get; set; }

    [Parameter(ValueFromPipeline = true)]
    [Alias("Target")]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            string target = Name is null ? path : SessionState.Path.Combine(path, Name);
            if (!ShouldProcess(target, "Create " + (ItemType ?? "File"))) continue;
            try
            {
                WriteObject(InvokeProvider.Item.New([path], Name, ItemType ?? "File", Value, Force), enumerateCollection: true);
            }
            catch (System.Exception error) when (error is System.IO.IOException or System.UnauthorizedAccessException)
            {
                WriteError(new ErrorRecord(error, "NewItemIOError", ErrorCategory.WriteError, target));
            }
        }
    }
}

/// <summary>Remove-Item.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class RemoveItemCommand : GetItemsCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        foreach (PSObject item in InvokeProvider.Item.Get([path], Force, IsLiteral).Where(IsChosen))
        {
            string target = (string)item.Properties["PSPath"].Value;
            string shown = item.Properties["FullName"]?.Value as string ?? target;
            if (ShouldProcess(shown) && (Recurse || IsWithoutChildren(item, target) || ShouldContinue(
                $"{shown} has children and -Recurse was not specified. If you continue, all children will be removed with the item.",
                "Confirm")))
            {
                InvokeProvider.Item.Remove([target], recurse: true, Force, literalPath: true);
            }
        }
    });

    private bool IsWithoutChildren(PSObject item, string path) =>
        item.Properties["PSIsContainer"]?.Value is not true || !InvokeProvider.ChildItem.HasChild(path, force: true, literalPath: true);
}

/// <summary>Copy-Item.</summary>
[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class CopyItemCommand : PathCommand
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = ".";

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Container { get; set; } = true;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        if (!ShouldProcess($"Item: {path} Destination: {Destination}", "Copy")) return;
        CopyContainers containers = Container ? CopyContainers.CopyTargetContainer : CopyContainers.CopyChildrenOfTargetContainer;
        var copied = InvokeProvider.Item.Copy([path], Destination, Recurse, containers, Force, IsLiteral);
        if (PassThru) WriteObject(copied, enumerateCollection: true);
    });
}

/// <summary>Move-Item.</summary>
[Cmdlet(VerbsCommon.Move, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class MoveItemCommand : PathCommand
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = ".";

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        if (!ShouldProcess($"Item: {path} Destination: {Destination}", "Move")) return;
        var moved = InvokeProvider.Item.Move([path], Destination, Force, IsLiteral);
        if (PassThru) WriteObject(moved, enumerateCollection: true);
    });
}

/// <summary>Rename-Item.</summary>
[Cmdlet(VerbsCommon.Rename, "Item", DefaultParameterSetName = "ByPath", SupportsShouldProcess = true)]
public sealed class RenameItemCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string NewName { get; set; } = "";

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!ShouldProcess($"Item: {Path} Destination: {NewName}", "Rename")) return;
        var renamed = InvokeProvider.Item.Rename(Path, NewName, Force);
        if (PassThru) WriteObject(renamed, enumerateCollection: true);
    }
}

/// <summary>Set-Item.</summary>
[Cmdlet(VerbsCommon.Set, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class SetItemCommand : PathCommand
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        if (ShouldProcess(path)) InvokeProvider.Item.Set([path], Value, Force, IsLiteral);
    });
}

/// <summary>Clear-Item.</summary>
[Cmdlet(VerbsCommon.Clear, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
public sealed class ClearItemCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        if (ShouldProcess(path)) InvokeProvider.Item.Clear([path], Force, IsLiteral);
    });
}
