using System.Collections.Generic;
using System.Management.Automation;
using System.Reflection;
using System.Threading;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>What the script module tells the cmdlets about its own coming and going.</summary>
public static class ModuleLifetime
{
    private static int s_runspaces;

    /// <summary>A runspace has imported the module. Lets it export what the assembly brought.</summary>
    /// <remarks>
    /// A second import of an assembly that is loaded already exports nothing by itself: https://github.com/PowerShell/PowerShell/issues/20710.
    /// Done here, since a script takes several times as long.
    /// </remarks>
    public static void Imported(PSModuleInfo module, PSModuleInfo assembly)
    {
        Export(module, "AddExportedCmdlet", assembly.ExportedCmdlets.Values);
        Export(module, "AddExportedAlias", assembly.ExportedAliases.Values);
        Interlocked.Increment(ref s_runspaces);
    }

    /// <summary>A runspace has removed the module: its sessions are released and stay saved; after the last one nothing is left running.</summary>
    public static void Removed()
    {
        RunspaceSessions.Here.Close();
        if (Interlocked.Decrement(ref s_runspaces) > 0)
            return;
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
