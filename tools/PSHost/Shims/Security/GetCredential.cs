using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Credential.</summary>
[Cmdlet(VerbsCommon.Get, "Credential")]
[OutputType(typeof(PSCredential))]
public sealed class GetCredentialCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public object? Credential { get; set; }

    [Parameter]
    public string Message { get; set; } = "";

    [Parameter]
    public string Title { get; set; } = "PowerShell credential request";

    [Parameter]
    public string UserName { get; set; } = "";

    protected override void ProcessRecord()
    {
        object? given = Credential is PSObject wrapped ? wrapped.BaseObject : Credential;
        WriteObject(given as PSCredential ?? Host.UI.PromptForCredential(Title, Message, given as string ?? UserName, ""));
    }
}
