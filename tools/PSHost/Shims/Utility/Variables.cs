using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>What the variable cmdlets share. -Scope is Global, Script or Local here.</summary>
public abstract class VariableCommand : PSCmdlet
{
    [Parameter]
    [ValidateSet("Global", "Script", "Local", "Private")]
    public string? Scope { get; set; }

    protected string Scoped(string name) => Scope is null ? name : Scope + ":" + name;

    protected IEnumerable<PSVariable> Find(string pattern)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(pattern))
        {
            if (SessionState.PSVariable.Get(Scoped(pattern)) is { } one)
            {
                yield return one;
            }
            else
            {
                WriteError(new ErrorRecord(new ItemNotFoundException($"Cannot find a variable with the name '{pattern}'."),
                    "VariableNotFound", ErrorCategory.ObjectNotFound, pattern));
            }

            yield break;
        }

        var names = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
        foreach (PSObject item in InvokeProvider.ChildItem.Get("variable:" + (Scope is null ? "" : Scope + ":"), recurse: false))
        {
            if (item.BaseObject is PSVariable variable && names.IsMatch(variable.Name)) yield return variable;
        }
    }
}

/// <summary>Get-Variable.</summary>
[Cmdlet(VerbsCommon.Get, "Variable")]
[OutputType(typeof(PSVariable))]
public sealed class GetVariableCommand : VariableCommand
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    public SwitchParameter ValueOnly { get; set; }

    protected override void ProcessRecord()
    {
        foreach (PSVariable variable in Name.SelectMany(Find).OrderBy(v => v.Name, StringComparer.OrdinalIgnoreCase))
        {
            WriteObject(ValueOnly ? variable.Value : variable);
        }
    }
}

/// <summary>Set-Variable.</summary>
[Cmdlet(VerbsCommon.Set, "Variable", SupportsShouldProcess = true)]
public sealed class SetVariableCommand : VariableCommand
{
    private readonly List<object?> _values = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    [Parameter]
    public ScopedItemOptions Option { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => _values.Add(Value);

    protected override void EndProcessing()
    {
        object? value = _values.Count > 1 ? _values.ToArray() : _values.FirstOrDefault();
        foreach (string name in Name)
        {
            if (!ShouldProcess($"Name: {name} Value: {value}", "Set variable")) continue;
            if (Option == ScopedItemOptions.None) SessionState.PSVariable.Set(Scoped(name), value);
            else SessionState.PSVariable.Set(new PSVariable(name, value, Option));
            if (PassThru) WriteObject(SessionState.PSVariable.Get(Scoped(name)));
        }
    }
}

/// <summary>New-Variable.</summary>
[Cmdlet(VerbsCommon.New, "Variable", SupportsShouldProcess = true)]
public sealed class NewVariableCommand : VariableCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    [Parameter]
    public ScopedItemOptions Option { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!ShouldProcess($"Name: {Name} Value: {Value}", "New variable")) return;
        string scoped = Scope is null ? "local:" + Name : Scoped(Name);
        if (!Force && SessionState.PSVariable.Get(scoped) is not null)
        {
            WriteError(new ErrorRecord(new SessionStateException($"A variable with name '{Name}' already exists."),
                "VariableAlreadyExists", ErrorCategory.ResourceExists, Name));
            return;
        }

        if (Option == ScopedItemOptions.None) SessionState.PSVariable.Set(scoped, Value);
        else SessionState.PSVariable.Set(new PSVariable(Name, Value, Option));
        if (PassThru) WriteObject(SessionState.PSVariable.Get(scoped));
    }
}

/// <summary>Remove-Variable.</summary>
[Cmdlet(VerbsCommon.Remove, "Variable", SupportsShouldProcess = true)]
public sealed class RemoveVariableCommand : VariableCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (PSVariable variable in Name.SelectMany(Find).ToArray())
        {
            if (ShouldProcess($"Name: {variable.Name}", "Remove variable")) SessionState.PSVariable.Remove(variable);
        }
    }
}

/// <summary>Clear-Variable.</summary>
[Cmdlet(VerbsCommon.Clear, "Variable", SupportsShouldProcess = true)]
public sealed class ClearVariableCommand : VariableCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (PSVariable variable in Name.SelectMany(Find).ToArray())
        {
            if (ShouldProcess($"Name: {variable.Name}", "Clear variable")) variable.Value = null;
        }
    }
}
