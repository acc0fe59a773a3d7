using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Invoke-Expression.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Expression")]
public sealed class InvokeExpressionCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string Command { get; set; } = "";

    protected override void ProcessRecord()
    {
        ScriptBlock script = InvokeCommand.NewScriptBlock(Command);
        WriteObject(InvokeCommand.InvokeScript(useLocalScope: false, script, input: null, args: []), enumerateCollection: true);
    }
}

/// <summary>Read-Host.</summary>
[Cmdlet(VerbsCommunications.Read, "Host", DefaultParameterSetName = "AsString")]
public sealed class ReadHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    [AllowNull]
    public object? Prompt { get; set; }

    [Parameter(ParameterSetName = "AsSecureString")]
    public SwitchParameter AsSecureString { get; set; }

    [Parameter(ParameterSetName = "AsString")]
    public SwitchParameter MaskInput { get; set; }

    protected override void BeginProcessing()
    {
        string prompt = LanguagePrimitives.ConvertTo<string>(Prompt) ?? "";
        if (prompt.Length > 0) Host.UI.Write(prompt + ": ");
        if (AsSecureString)
        {
            WriteObject(Host.UI.ReadLineAsSecureString());
        }
        else if (MaskInput)
        {
            WriteObject(new System.Net.NetworkCredential("", Host.UI.ReadLineAsSecureString()).Password);
        }
        else
        {
            WriteObject(Host.UI.ReadLine());
        }
    }
}

/// <summary>Get-Culture.</summary>
[Cmdlet(VerbsCommon.Get, "Culture")]
[OutputType(typeof(CultureInfo))]
public sealed class GetCultureCommand : PSCmdlet
{
    protected override void BeginProcessing() => WriteObject(Host.CurrentCulture);
}

/// <summary>Get-UICulture.</summary>
[Cmdlet(VerbsCommon.Get, "UICulture")]
[OutputType(typeof(CultureInfo))]
public sealed class GetUICultureCommand : PSCmdlet
{
    protected override void BeginProcessing() => WriteObject(Host.CurrentUICulture);
}

/// <summary>Get-Host.</summary>
[Cmdlet(VerbsCommon.Get, "Host")]
public sealed class GetHostCommand : PSCmdlet
{
    protected override void BeginProcessing() => WriteObject(Host);
}

/// <summary>Get-Alias.</summary>
[Cmdlet(VerbsCommon.Get, "Alias", DefaultParameterSetName = "Default")]
[OutputType(typeof(AliasInfo))]
public sealed class GetAliasCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Default", Position = 0, ValueFromPipeline = true)]
    public string[] Name { get; set; } = ["*"];

    [Parameter(ParameterSetName = "Definition")]
    public string[] Definition { get; set; } = ["*"];

    protected override void ProcessRecord() => WriteObject(
        InvokeCommand.GetCommands("*", CommandTypes.Alias, nameIsPattern: true).Cast<AliasInfo>()
            .Where(alias => Name.Any(name => IsLike(alias.Name, name)) && Definition.Any(text => IsLike(alias.Definition, text)))
            .OrderBy(alias => alias.Name), enumerateCollection: true);

    private static bool IsLike(string text, string pattern) => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(text);
}

/// <summary>Set-Alias and New-Alias.</summary>
public abstract class WriteAliasCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Value { get; set; } = "";

    [Parameter]
    [ValidateSet("Global", "Script", "Local")]
    public string? Scope { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => InvokeProvider.Item.Set("alias:" + (Scope is null ? "" : Scope + ":") + Name, Value);
}

/// <summary>Set-Alias.</summary>
[Cmdlet(VerbsCommon.Set, "Alias")]
public sealed class SetAliasCommand : WriteAliasCommand;

/// <summary>New-Alias.</summary>
[Cmdlet(VerbsCommon.New, "Alias")]
public sealed class NewAliasCommand : WriteAliasCommand;

/// <summary>Get-PSCallStack.</summary>
[Cmdlet(VerbsCommon.Get, "PSCallStack")]
[OutputType(typeof(CallStackFrame))]
public sealed class GetPSCallStackCommand : PSCmdlet
{
    protected override void ProcessRecord() =>
        WriteObject(System.Management.Automation.Runspaces.Runspace.DefaultRunspace.Debugger.GetCallStack(), enumerateCollection: true);
}
