using System.Management.Automation;
using System.Reflection;
using System.Threading;

namespace WeChatPS;

/// <summary>Tells whether the action of an event has returned.</summary>
/// <remarks>
/// The engine knows: it sets a flag on the event when the action is through, and not when a stopped pipeline took the action along and it
/// will run again. The flag is private, hence the reflection, here and nowhere else. Where it cannot be read the answer is no, and a message
/// is delivered again rather than lost.
/// </remarks>
internal static class EventCompletion
{
    private static readonly PropertyInfo? s_processed =
        typeof(PSEventArgs).GetProperty("EventProcessed", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <returns>Null when no action waits for the event: its subscription had ended.</returns>
    public static bool? HasReturned(PSEventArgs raised) => (s_processed?.GetValue(raised) as ManualResetEventSlim)?.IsSet;
}
