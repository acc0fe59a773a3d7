using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Export-WeChatSession: a session as one SecureString, for a secret store, from where Connect-WeChat -SavedSession goes on with it.</summary>
/// <remarks>
/// It holds credentials, keys and cookies, and no message and no contact. Whoever has it is the account. It goes on where the session stood
/// at this moment: a session that is used on changes its keys, so export it again then, and use it in one place at a time.
/// </remarks>
[Cmdlet(VerbsData.Export, "WeChatSession", DefaultParameterSetName = LiveSet)]
[OutputType(typeof(SecureString))]
public sealed class ExportWeChatSession : AsyncCmdlet
{
    private const string LiveSet = "Live";
    private const string SavedSet = "Saved";

    /// <summary>The connected session, by object or name; without it this runspace's current one, or the only one that is connected.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = LiveSet)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public SessionRef? Session { get; set; }

    /// <summary>Exports a session that is saved and not connected; so do -Name and -StorePath.</summary>
    [Parameter(ParameterSetName = SavedSet)]
    public SwitchParameter Saved { get; set; }

    /// <summary>The saved session's name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = SavedSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string Name { get; set; } = ConnectOptions.DefaultName;

    /// <summary>Where sessions are saved.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = SavedSet)]
    [ValidateNotNullOrEmpty]
    public string? StorePath { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken stop)
    {
        (SecureString secret, IReadOnlyList<string> warnings) = ParameterSetName == SavedSet
            ? WeChatSession.Export(new SessionStore(StorePath is null ? SessionStore.DefaultRoot : FilePaths.Full(this, StorePath)), Name, TimeProvider.System)
            : (Session?.Resolve() ?? RunspaceSessions.Here.Select()).Export();
        foreach (string warning in warnings)
            WriteWarning(warning);
        WriteObject(secret);
        return Task.CompletedTask;
    }
}
