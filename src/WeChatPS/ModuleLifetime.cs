using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>What the script module tells the cmdlets about its own coming and going.</summary>
public static class ModuleLifetime
{
    private static readonly HashSet<Runspace> s_runspaces = [];

    /// <summary>A runspace has imported the module. Lets it export what the assembly brought.</summary>
    /// <remarks>
    /// A second import of an assembly that is loaded already exports nothing by itself: https://github.com/PowerShell/PowerShell/issues/20710.
    /// Done here, since a script takes several times as long.
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

        // one that closes without a word has removed it too; its sessions may be in use elsewhere
        here.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
                Leave(here);
        };
    }

    /// <summary>A runspace has removed the module: its sessions are released and stay saved; after the last one nothing is left running.</summary>
    public static void Removed()
    {
        EventSubscription.EndThoseHere();
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
