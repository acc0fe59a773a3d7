using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Export-WeChatSession: exports a session as a SecureString for a secret store. Connect-WeChat -SavedSession resumes it.</summary>
/// <remarks>
/// The export contains credentials, keys and cookies, but no messages or contacts. Anyone who has it can use the account. Connect-WeChat
/// continues from the time of the export. Further use of the session changes its keys, so export it again, and use it in one place at a time.
/// </remarks>
[Cmdlet(VerbsData.Export, "WeChatSession", DefaultParameterSetName = LiveSet)]
[OutputType(typeof(SecureString))]
public sealed class ExportWeChatSession : AsyncCmdlet
{
    private const string LiveSet = "Live";
    private const string SavedSet = "Saved";

    /// <summary>Specifies the connected session, as an object or by name. By default, the current session of the runspace, or the only connected one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = LiveSet)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public SessionRef? Session { get; set; }

    /// <summary>Indicates that the cmdlet exports a saved session that is not connected. -Name and -StorePath imply it.</summary>
    [Parameter(ParameterSetName = SavedSet)]
    public SwitchParameter Saved { get; set; }

    /// <summary>Specifies the name of the saved session.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = SavedSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string Name { get; set; } = ConnectOptions.DefaultName;

    /// <summary>Specifies the folder for saved sessions.</summary>
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
