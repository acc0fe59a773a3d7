using System;
using System.Collections;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>New-Object, for .NET types.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    [AllowNull]
    public object[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void BeginProcessing()
    {
        if (!LanguagePrimitives.TryConvertTo(TypeName, out Type type))
        {
            var reason = new PSArgumentException($"Cannot find type [{TypeName}]: is its assembly loaded?");
            ThrowTerminatingError(new ErrorRecord(reason, "TypeNotFound", ErrorCategory.InvalidType, TypeName));
        }

        object instance = InvokeCommand.InvokeScript("param($type, $arguments) , $type::new.Invoke($arguments)", useNewScope: true,
            System.Management.Automation.Runspaces.PipelineResultTypes.None, input: null, type, ArgumentList)[0];
        PSObject result = PSObject.AsPSObject(instance);
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            string name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            if (result.Properties[name] is { } known) known.Value = entry.Value;
            else if (result.BaseObject is PSCustomObject) result.Properties.Add(new PSNoteProperty(name, entry.Value));
            else WriteError(NoProperty(type, name));
        }

        WriteObject(result);
    }

    private static ErrorRecord NoProperty(Type type, string name) =>
        new(new PSArgumentException($"{type.FullName} has no property {name}."), "InvalidProperty", ErrorCategory.InvalidArgument, type);
}

/// <summary>Add-Type, for assemblies that are there: nothing here compiles C#.</summary>
[Cmdlet(VerbsCommon.Add, "Type", DefaultParameterSetName = "FromAssemblyName")]
public sealed class AddTypeCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "FromPath", Mandatory = true, Position = 0)]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "FromAssemblyName", Mandatory = true)]
    [Alias("AN")]
    public string[] AssemblyName { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void EndProcessing()
    {
        foreach (string name in AssemblyName) Emit(System.Reflection.Assembly.Load(name));
        foreach (string path in Path) Emit(System.Reflection.Assembly.LoadFrom(GetUnresolvedProviderPathFromPSPath(path)));
    }

    private void Emit(System.Reflection.Assembly assembly)
    {
        if (PassThru) WriteObject(assembly.GetTypes(), enumerateCollection: true);
    }
}
