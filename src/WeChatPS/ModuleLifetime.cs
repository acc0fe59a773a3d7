using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Handles the import and the removal of the script module.</summary>
public static class ModuleLifetime
{
    private static readonly HashSet<Runspace> s_runspaces = [];

    /// <summary>Handles an import into a runspace: exports the cmdlets and aliases of the assembly.</summary>
    /// <remarks>
    /// A second import of a loaded assembly exports nothing: https://github.com/PowerShell/PowerShell/issues/20710.
    /// A script would take several times as long.
    /// </remarks>
    public static void Imported(PSModuleInfo module, PSModuleInfo assembly)
    {
        Export(module, "AddExportedCmdlet", assembly.ExportedCmdlets.Values);
        Export(module, "AddExportedAlias", assembly.ExportedAliases.Values);
        Runspace here = Runspace.DefaultRunspace;
        lock (s_runspaces)
        {
            if (!s_runspaces.Add(here))
                return;
        }

        // A closed runspace no longer uses the module. Its sessions stay connected, because other runspaces may use them.
        here.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
                Leave(here);
        };
    }

    /// <summary>Handles the removal from a runspace: disconnects its sessions, which stay saved. The last removal stops everything.</summary>
    public static void Removed()
    {
        EventSubscription.EndInThisRunspace();
        RunspaceSessions.Here.Close();
        Leave(Runspace.DefaultRunspace);
    }

    private static void Leave(Runspace runspace)
    {
        lock (s_runspaces)
        {
            if (!s_runspaces.Remove(runspace) || s_runspaces.Count > 0)
                return;
        }

        foreach (WeChatSession session in SessionRegistry.Live)
            session.Dispose();
        RunningEmulator.StopAll();
    }

    private static void Export(PSModuleInfo module, string add, IEnumerable<CommandInfo> commands)
    {
        MethodInfo method = typeof(PSModuleInfo).GetMethod(add, BindingFlags.Instance | BindingFlags.NonPublic)!;
        foreach (CommandInfo command in commands)
            method.Invoke(module, [command]);
    }
}
