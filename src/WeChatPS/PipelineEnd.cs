using System;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace WeChatPS;

/// <summary>Tells why WriteObject threw a <see cref="PipelineStoppedException"/>.</summary>
/// <remarks>
/// <c>Select-Object -First</c>, a failing handler under ErrorAction Stop, <c>exit</c> and Ctrl+C all arrive as that exception; only the
/// pipeline knows which it was, in the first terminating error it recorded. That is private, hence the reflection, here and nowhere else.
/// Where it cannot be read the answer is no, and a message is delivered again rather than lost.
/// </remarks>
internal static class PipelineEnd
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Whether a command downstream had all it wanted: what was written last has been taken.</summary>
    public static bool WasEnough(Cmdlet cmdlet)
    {
        object? pipeline = Read(cmdlet.CommandRuntime, "PipelineProcessor");
        object? first = Read(pipeline, "_firstTerminatingError");
        Exception? error = (first as ExceptionDispatchInfo)?.SourceException ?? first as Exception;
        return error?.GetType().Name == "StopUpstreamCommandsException";
    }

    private static object? Read(object? owner, string member) =>
        owner?.GetType().GetProperty(member, Hidden)?.GetValue(owner) ?? owner?.GetType().GetField(member, Hidden)?.GetValue(owner);
}
