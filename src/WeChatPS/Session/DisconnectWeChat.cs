using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Disconnect-WeChat: disconnects a session or, with -Logout, logs out and deletes it.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "WeChat", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectWeChat : SessionCmdlet
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public override SessionRef? Session { get; set; }

    /// <summary>Indicates that the cmdlet logs out at the server and deletes the saved session, including its messages.</summary>
    [Parameter]
    public SwitchParameter Logout { get; set; }

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        if (!ShouldProcess(session.Name, Logout ? "Log out and delete the saved session" : "Disconnect"))
            return;
        await session.DisconnectAsync(Logout, stop);
        WriteVerbose(Logout ? $"'{session.Name}' is logged out and deleted." : $"'{session.Name}' is disconnected. To resume it, run Connect-WeChat.");
    }
}
