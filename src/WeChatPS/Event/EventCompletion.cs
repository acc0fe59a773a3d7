using System.Management.Automation;
using System.Reflection;
using System.Threading;

namespace WeChatPS;

/// <summary>Detects whether the action of an event has returned.</summary>
/// <remarks>
/// The engine sets a flag on the event when the action has returned. If a stopped pipeline cancelled the action, the flag is not set and the
/// engine runs the action again. The flag is private, so this class needs reflection. If the flag is not readable, the result is false: a
/// message is then redelivered rather than lost.
/// </remarks>
internal static class EventCompletion
{
    private static readonly PropertyInfo? s_processed =
        typeof(PSEventArgs).GetProperty("EventProcessed", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <returns>Null when no action handles the event, because its subscription has ended.</returns>
    public static bool? HasReturned(PSEventArgs raised) => (s_processed?.GetValue(raised) as ManualResetEventSlim)?.IsSet;
}
