using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;

namespace Microsoft.PowerShell.Commands;

/// <summary>Register-ObjectEvent.</summary>
[Cmdlet(VerbsLifecycle.Register, "ObjectEvent")]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterObjectEventCommand : ObjectEventRegistrationBase
{
    [Parameter(Mandatory = true, Position = 0)]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 1)]
    public string EventName { get; set; } = "";

    protected override object GetSourceObject() => InputObject!;

    protected override string GetSourceObjectEventName() => EventName;
}

/// <summary>Register-EngineEvent.</summary>
[Cmdlet(VerbsLifecycle.Register, "EngineEvent")]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterEngineEventCommand : ObjectEventRegistrationBase
{
    [Parameter(Mandatory = true, Position = 100)]
    public new string SourceIdentifier { get => base.SourceIdentifier; set => base.SourceIdentifier = value; }

    protected override object? GetSourceObject() => null;

    protected override string? GetSourceObjectEventName() => null;
}

/// <summary>New-Event.</summary>
[Cmdlet(VerbsCommon.New, "Event")]
[OutputType(typeof(PSEventArgs))]
public sealed class NewEventCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string SourceIdentifier { get; set; } = "";

    [Parameter(Position = 1)]
    public PSObject? Sender { get; set; }

    [Parameter(Position = 2)]
    public PSObject[] EventArguments { get; set; } = [];

    [Parameter(Position = 3)]
    public PSObject? MessageData { get; set; }

    protected override void EndProcessing() =>
        WriteObject(Events.GenerateEvent(SourceIdentifier, Sender, [.. EventArguments.Select(argument => argument.BaseObject)],
            MessageData, processInCurrentThread: true, waitForCompletionInCurrentThread: false));
}

/// <summary>Get-Event.</summary>
[Cmdlet(VerbsCommon.Get, "Event", DefaultParameterSetName = "BySource")]
[OutputType(typeof(PSEventArgs))]
public sealed class GetEventCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "BySource", Position = 0, ValueFromPipelineByPropertyName = true)]
    public string SourceIdentifier { get; set; } = "*";

    [Parameter(ParameterSetName = "ById", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    public int? EventIdentifier { get; set; }

    protected override void ProcessRecord()
    {
        var pattern = new WildcardPattern(SourceIdentifier, WildcardOptions.IgnoreCase);
        PSEventArgs[] found =
        [
            .. Events.ReceivedEvents.Snapshot().Where(e => EventIdentifier is { } id ? e.EventIdentifier == id : pattern.IsMatch(e.SourceIdentifier)),
        ];
        foreach (PSEventArgs e in found) WriteObject(e);
        if (found.Length == 0 && (EventIdentifier is not null || !WildcardPattern.ContainsWildcardCharacters(SourceIdentifier)))
        {
            string wanted = EventIdentifier?.ToString(CultureInfo.InvariantCulture) ?? SourceIdentifier;
            WriteError(new ErrorRecord(
                new ArgumentException($"There is no event '{wanted}'."), "INVALID_EVENT_IDENTIFIER", ErrorCategory.InvalidArgument, wanted));
        }
    }
}

/// <summary>Remove-Event.</summary>
[Cmdlet(VerbsCommon.Remove, "Event", DefaultParameterSetName = "BySource", SupportsShouldProcess = true)]
public sealed class RemoveEventCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "BySource", Mandatory = true, Position = 0)]
    public string SourceIdentifier { get; set; } = "";

    [Parameter(ParameterSetName = "ByIdentifier", Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public int? EventIdentifier { get; set; }

    protected override void ProcessRecord()
    {
        var pattern = new WildcardPattern(SourceIdentifier, WildcardOptions.IgnoreCase);
        PSEventArgsCollection events = Events.ReceivedEvents;
        lock (events.SyncRoot)
        {
            for (int i = events.Count - 1; i >= 0; i--)
            {
                PSEventArgs e = events[i];
                bool wanted = EventIdentifier is { } id ? e.EventIdentifier == id : pattern.IsMatch(e.SourceIdentifier);
                if (wanted && ShouldProcess($"Event '{e.SourceIdentifier}'", "Remove")) events.RemoveAt(i);
            }
        }
    }
}

/// <summary>Wait-Event.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Event")]
[OutputType(typeof(PSEventArgs))]
public sealed class WaitEventCommand : PSCmdlet, IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private readonly AutoResetEvent _changed = new(initialState: false);
    private volatile bool _stopping;

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string SourceIdentifier { get; set; } = "*";

    [Parameter]
    [Alias("TimeoutSec")]
    public int Timeout { get; set; } = -1;

    public void Dispose() => _changed.Dispose();

    protected override void ProcessRecord()
    {
        var pattern = new WildcardPattern(SourceIdentifier, WildcardOptions.IgnoreCase);
        long deadline = Timeout < 0 ? long.MaxValue : Environment.TickCount64 + (Timeout * 1000L);
        void OnReceived(object? sender, PSEventArgs e) => _changed.Set();
        Events.ReceivedEvents.PSEventReceived += OnReceived;
        try
        {
            while (!_stopping && Environment.TickCount64 <= deadline)
            {
                if (Events.ReceivedEvents.Snapshot().FirstOrDefault(e => pattern.IsMatch(e.SourceIdentifier)) is { } found)
                {
                    WriteObject(found);
                    return;
                }

                // Actions of other subscribers run in between, in this pipeline.
                InvokeCommand.InvokeScript("");
                _changed.WaitOne(s_look);
            }
        }
        finally
        {
            Events.ReceivedEvents.PSEventReceived -= OnReceived;
        }
    }

    protected override void StopProcessing()
    {
        _stopping = true;
        _changed.Set();
    }
}

/// <summary>Get-EventSubscriber.</summary>
[Cmdlet(VerbsCommon.Get, "EventSubscriber", DefaultParameterSetName = "BySource")]
[OutputType(typeof(PSEventSubscriber))]
public sealed class GetEventSubscriberCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "BySource", Position = 0, ValueFromPipelineByPropertyName = true)]
    public string SourceIdentifier { get; set; } = "*";

    [Parameter(ParameterSetName = "ById", Mandatory = true, Position = 0)]
    [Alias("Id")]
    public int? SubscriptionId { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() =>
        WriteObject(SubscriberSearch.Find(Events, SourceIdentifier, SubscriptionId, Force), enumerateCollection: true);
}

/// <summary>Unregister-Event.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "Event", DefaultParameterSetName = "BySource", SupportsShouldProcess = true)]
public sealed class UnregisterEventCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "BySource", Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string SourceIdentifier { get; set; } = "*";

    [Parameter(ParameterSetName = "ById", Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public int? SubscriptionId { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        PSEventSubscriber[] found = [.. SubscriberSearch.Find(Events, SourceIdentifier, SubscriptionId, Force)];
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(SourceIdentifier))
        {
            WriteError(new ErrorRecord(new ArgumentException(
                $"Event subscription with source identifier '{SourceIdentifier}' does not exist."),
                "INVALID_SOURCE_IDENTIFIER", ErrorCategory.InvalidArgument, SourceIdentifier));
        }

        foreach (PSEventSubscriber subscriber in found)
        {
            if (ShouldProcess($"Event subscription '{subscriber.SourceIdentifier}'", "Unsubscribe")) Events.UnsubscribeEvent(subscriber);
        }
    }
}

/// <summary>Finds subscribers by name or number; those that only support others with -Force.</summary>
internal static class SubscriberSearch
{
    public static IEnumerable<PSEventSubscriber> Find(PSEventManager events, string name, int? id, bool all)
    {
        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
        return events.Subscribers.ToArray()
            .Where(subscriber => id is { } wanted
            ? subscriber.SubscriptionId == wanted
            : pattern.IsMatch(subscriber.SourceIdentifier ?? ""))
            .Where(subscriber => all || !subscriber.SupportEvent);
    }
}

internal static class ReceivedEvents
{
    /// <summary>The events of this moment: others arrive on threads of their own.</summary>
    public static PSEventArgs[] Snapshot(this PSEventArgsCollection events)
    {
        lock (events.SyncRoot) return [.. events];
    }
}
