using System;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Reflection;

namespace Microsoft.PowerShell.Commands;

/// <summary>The few doors of the engine that its own cmdlets use and that have no public handle.</summary>
internal static class EngineInternals
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly Type s_stopUpstream = typeof(PSObject).Assembly
        .GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;

    private static readonly MethodInfo? s_setInvocation =
        typeof(ErrorRecord).GetMethod("SetInvocationInfo", Hidden, [typeof(InvocationInfo)]);
    private static readonly PropertyInfo? s_preserve = typeof(ErrorRecord).GetProperty("PreserveInvocationInfoOnce", Hidden);

    /// <summary>What Select-Object -First throws when it has enough.</summary>
    public static Exception StopUpstream(InternalCommand cmdlet) => (Exception)Activator.CreateInstance(s_stopUpstream, cmdlet)!;

    /// <summary>Makes an error point at the script that wrote it and not at Write-Error.</summary>
    public static void PointAt(ErrorRecord error, InvocationInfo place)
    {
        s_setInvocation?.Invoke(error, [place]);
        s_preserve?.SetValue(error, true);
    }
}
