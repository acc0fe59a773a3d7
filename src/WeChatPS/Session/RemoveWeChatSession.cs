using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Remove-WeChatSession: deletes saved sessions, with the messages that wait in them. Their logins live on at the server until it forgets them.</summary>
[Cmdlet(VerbsCommon.Remove, "WeChatSession", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveWeChatSession : AsyncCmdlet
{
    /// <summary>The names of saved sessions; wildcards choose among them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Where sessions are saved.</summary>
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
                    $"The session '{name}' is connected in this process. Disconnect-WeChat releases it; Disconnect-WeChat -Logout ends it at the server and deletes it.")
                { Subject = name };
            }

            store.ThrowUnlessSaved(name);
            if (ShouldProcess($"'{name}' in {root}", "Delete the saved session and the messages that wait in it"))
                store.Delete(name);
        }
        catch (WeChatException failure)
        {
            WriteError(failure);
        }
    }
}
