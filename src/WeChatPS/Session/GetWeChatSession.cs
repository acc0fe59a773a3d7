using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Get-WeChatSession: gets the connected sessions of this process, or the saved sessions.</summary>
[Cmdlet(VerbsCommon.Get, "WeChatSession", DefaultParameterSetName = LiveSet)]
[OutputType(typeof(WeChatSession), ParameterSetName = [LiveSet])]
[OutputType(typeof(SavedSessionInfo), ParameterSetName = [SavedSet])]
public sealed class GetWeChatSession : AsyncCmdlet
{
    private const string LiveSet = "Live";
    private const string SavedSet = "Saved";

    /// <summary>Specifies the names of the sessions.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Indicates that the cmdlet gets saved sessions instead of connected ones. -StorePath implies it.</summary>
    [Parameter(ParameterSetName = SavedSet)]
    public SwitchParameter Saved { get; set; }

    /// <summary>Specifies the folder for saved sessions.</summary>
    [Parameter(ParameterSetName = SavedSet)]
    [ValidateNotNullOrEmpty]
    public string? StorePath { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken stop)
    {
        // Both lists are snapshots, so downstream commands may connect and disconnect the sessions.
        if (ListsSaved)
            Write(new SessionStore(StorePath is null ? SessionStore.DefaultRoot : FilePaths.Full(this, StorePath)).List(), one => one.Name);
        else
            Write(SessionRegistry.Live, one => one.Name);
        return Task.CompletedTask;
    }

    private bool ListsSaved => Saved || StorePath is not null;

    private void Write<T>(IReadOnlyList<T> sessions, Func<T, string> nameOf)
    {
        foreach (string wanted in Name ?? ["*"])
        {
            var pattern = new NamePattern(wanted);
            T[] found = [.. sessions.Where(one => pattern.Matches(nameOf(one)))];
            if (found.Length == 0 && !pattern.HasWildcards)
            {
                string where = ListsSaved ? "saved" : "connected in this process";
                WriteError(new WeChatException(
                    WeChatErrorReason.SessionNotFound, $"No session named '{wanted}' is {where}.") { Subject = wanted });
            }

            foreach (T session in found)
                WriteObject(session);
        }
    }
}
