using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Remove-WeChatSession: deletes saved sessions and their pending messages. Their logins remain valid until the server expires them.</summary>
[Cmdlet(VerbsCommon.Remove, "WeChatSession", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveWeChatSession : AsyncCmdlet
{
    /// <summary>Specifies the names of the saved sessions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Specifies the folder for saved sessions.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? StorePath { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken stop)
    {
        string root = StorePath is null ? SessionStore.DefaultRoot : FilePaths.Full(this, StorePath);
        var store = new SessionStore(root);
        foreach (string wanted in Name)
        {
            foreach (string name in Matching(store, wanted))
                Remove(store, root, name);
        }

        return Task.CompletedTask;
    }

    private static IReadOnlyList<string> Matching(SessionStore store, string wanted)
    {
        var pattern = new NamePattern(wanted);
        return pattern.HasWildcards ? [.. store.List().Select(one => one.Name).Where(name => pattern.Matches(name))] : [wanted];
    }

    private void Remove(SessionStore store, string root, string name)
    {
        try
        {
            SessionStore.ValidateName(name);
            if (SessionRegistry.Named(name)?.IsSavedIn(root) == true)
            {
                throw new WeChatException(
                    WeChatErrorReason.SessionInUse,
                    $"The session '{name}' is connected in this process. Run Disconnect-WeChat first, or Disconnect-WeChat -Logout to log out and delete it.")
                { Subject = name };
            }

            store.ThrowUnlessSaved(name);
            if (ShouldProcess($"'{name}' in {root}", "Delete the saved session and its pending messages"))
                store.Delete(name);
        }
        catch (WeChatException failure)
        {
            WriteError(failure);
        }
    }
}
