using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Member.</summary>
[Cmdlet(VerbsCommon.Get, "Member")]
[OutputType(typeof(MemberDefinition))]
public sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> _seen = [];
    private bool _any;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    [Parameter]
    public SwitchParameter Static { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not { } item) return;
        _any = true;
        string type = Static ? (item.BaseObject as Type ?? item.BaseObject.GetType()).FullName! : item.TypeNames.FirstOrDefault() ?? "";
        if (!_seen.Add(type)) return;
        IEnumerable<PSMemberInfo> members = Static ? StaticMembers(item) : item.Members;
        WriteObject(members.Where(IsWanted).OrderBy(member => member.MemberType.ToString())
            .ThenBy(member => member.Name, StringComparer.OrdinalIgnoreCase)
            .Select(member => new MemberDefinition(type, member.Name, member.MemberType, member.ToString()!)), enumerateCollection: true);
    }

    protected override void EndProcessing()
    {
        if (_any) return;
        var reason = new InvalidOperationException("You must specify an object for the Get-Member cmdlet.");
        WriteError(new ErrorRecord(reason, "NoObjectInGetMember", ErrorCategory.CloseError, targetObject: null));
    }

    // A type as an object has its static members behind an adapter of their own.
    private static IEnumerable<PSMemberInfo> StaticMembers(PSObject item)
    {
        var type = item.BaseObject as Type ?? item.BaseObject.GetType();
        foreach (MemberInfo member in type.GetMembers(BindingFlags.Public | BindingFlags.Static).DistinctBy(m => m.Name))
        {
            if (member is MethodInfo { IsSpecialName: true }) continue;
            yield return member is MethodInfo
                ? new PSScriptMethod(member.Name, ScriptBlock.Create(""))
                : new PSNoteProperty(member.Name, member.ToString());
        }
    }

    private bool IsWanted(PSMemberInfo member) => (member.MemberType & MemberType) != 0
        && Name.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(member.Name))
        && (Force || member is not PSMethod { Name: var name }
        || !(name.StartsWith("get_", StringComparison.Ordinal)
        || name.StartsWith("set_", StringComparison.Ordinal)))
        && member.MemberType != PSMemberTypes.MemberSet;
}

/// <summary>One member of a type.</summary>
public sealed class MemberDefinition(string typeName, string name, PSMemberTypes memberType, string definition)
{
    public string TypeName { get; } = typeName;

    public string Name { get; } = name;

    public PSMemberTypes MemberType { get; } = memberType;

    public string Definition { get; } = definition;

    public override string ToString() => Definition;
}

/// <summary>Add-Member.</summary>
[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = "TypeNameSet")]
public sealed class AddMemberCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(ParameterSetName = "MemberSet", Mandatory = true, Position = 0)]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; }

    [Parameter(ParameterSetName = "MemberSet", Mandatory = true, Position = 1)]
    public string Name { get; set; } = "";

    [Parameter(ParameterSetName = "MemberSet", Position = 2)]
    public object? Value { get; set; }

    [Parameter(ParameterSetName = "MemberSet", Position = 3)]
    public object? SecondValue { get; set; }

    [Parameter(ParameterSetName = "NotePropertySingleMemberSet", Mandatory = true, Position = 0)]
    public string NotePropertyName { get; set; } = "";

    [Parameter(ParameterSetName = "NotePropertySingleMemberSet", Mandatory = true, Position = 1)]
    [AllowNull]
    public object? NotePropertyValue { get; set; }

    [Parameter(ParameterSetName = "NotePropertyMultiMemberSet", Mandatory = true, Position = 0)]
    public IDictionary? NotePropertyMembers { get; set; }

    [Parameter]
    public string? TypeName { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        PSObject target = InputObject!;
        if (TypeName is not null) target.TypeNames.Insert(0, TypeName);
        if (NotePropertyName.Length > 0) Add(target, new PSNoteProperty(NotePropertyName, NotePropertyValue));
        if (Name.Length > 0) Add(target, NewMember());
        foreach (DictionaryEntry entry in NotePropertyMembers ?? new Hashtable())
        {
            Add(target, new PSNoteProperty(LanguagePrimitives.ConvertTo<string>(entry.Key), entry.Value));
        }

        if (PassThru) WriteObject(target);
    }

    private PSMemberInfo NewMember() => MemberType switch
    {
        PSMemberTypes.NoteProperty => new PSNoteProperty(Name, Value),
        PSMemberTypes.AliasProperty => new PSAliasProperty(Name, LanguagePrimitives.ConvertTo<string>(Value)),
        PSMemberTypes.ScriptProperty => new PSScriptProperty(Name, Block(Value), SecondValue is null ? null : Block(SecondValue)),
        PSMemberTypes.ScriptMethod => new PSScriptMethod(Name, Block(Value)),
        _ => throw new PSArgumentException($"A {MemberType} cannot be added."),
    };

    private static ScriptBlock Block(object? value) => LanguagePrimitives.ConvertTo<ScriptBlock>(value);

    private void Add(PSObject target, PSMemberInfo member)
    {
        if (target.Members[member.Name] is { } present)
        {
            if (!Force)
            {
                var reason = new InvalidOperationException($"There is a member \"{member.Name}\" already; -Force overwrites it.");
                WriteError(new ErrorRecord(reason, "MemberAlreadyExists", ErrorCategory.InvalidOperation, target));
                return;
            }

            if (present.IsInstance) target.Members.Remove(member.Name);
        }

        target.Members.Add(member);
    }
}
