using System.Threading;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>What the script module tells the cmdlets about its own coming and going.</summary>
public static class ModuleLifetime
{
    private static int s_runspaces;

    /// <summary>A runspace has imported the module.</summary>
    public static void Imported() => Interlocked.Increment(ref s_runspaces);

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
}
