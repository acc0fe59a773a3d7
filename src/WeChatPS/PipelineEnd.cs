using System;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace WeChatPS;

/// <summary>Determines why WriteObject threw a <see cref="PipelineStoppedException"/>.</summary>
/// <remarks>
/// <c>Select-Object -First</c>, a failing handler under ErrorAction Stop, <c>exit</c> and Ctrl+C all cause this exception. The pipeline
/// records the cause as its first terminating error, in a private member. So this class needs reflection.
/// If the member is not readable, the result is false: a message is then redelivered rather than lost.
/// </remarks>
internal static class PipelineEnd
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Whether a downstream command such as <c>Select-Object -First</c> stopped the pipeline after it received the last object.</summary>
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
