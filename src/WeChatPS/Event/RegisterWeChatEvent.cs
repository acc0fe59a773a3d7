using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Register-WeChatEvent: registers for messages or state changes of a session as PowerShell events, in the background.</summary>
/// <remarks>
/// In the action, $EventArgs has Message; State, PreviousState and Reason; or Text. $Sender is the session. The message is acknowledged when
/// the action has returned, even with non-terminating errors. If the action throws or is cancelled, the message is redelivered first. A throw
/// also ends the subscription. Without an action, the message is acknowledged when its event is in the queue (Get-Event, Wait-Event), which
/// holds up to 100 events. With -NoAck, it stays in the inbox until Complete-WeChatMessage acknowledges it. Each state change is raised once,
/// in order. State changes are detected during polls: by a receiver, a Message subscription, or a session connected with -KeepAlive.
/// </remarks>
[Cmdlet(VerbsLifecycle.Register, "WeChatEvent")]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterWeChatEvent : ChoosingCmdlet
{
    private static readonly string[] s_filters =
    [
        nameof(From), nameof(Group), nameof(FromKind), nameof(Kind), nameof(Match), nameof(MentionsMe), nameof(IncludeSelf), nameof(IncludeStatus), nameof(NoAck),
    ];

    /// <summary>Specifies the kind of events.</summary>
    [Parameter(Position = 0)]
    public WeChatEventName EventName { get; set; }

    /// <summary>Specifies the action for each event. Without an action, events are queued.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public ScriptBlock? Action { get; set; }

    /// <summary>Specifies the name of the subscription for Get-Event, Wait-Event and Unregister-Event. By default, a new GUID.</summary>
    [Parameter]
    [ValidatePattern(@"^(?!PowerShell\.)")]
    public string? SourceIdentifier { get; set; }

    /// <summary>Specifies data that the action gets as $Event.MessageData.</summary>
    [Parameter]
    public PSObject? MessageData { get; set; }

    /// <summary>Specifies the number of events after which the subscription ends.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxTriggerCount { get; set; }

    /// <summary>Indicates that the cmdlet hides the subscription: Get-EventSubscriber and Unregister-Event find it only with -Force, and the cmdlet returns no job.</summary>
    [Parameter]
    public SwitchParameter SupportEvent { get; set; }

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        string name = SourceIdentifier ?? Guid.NewGuid().ToString();
        if (Events.GetEventSubscribers(name).Any())
            throw new WeChatException(WeChatErrorReason.SubscriberExists, $"The event subscription '{name}' already exists.") { Subject = name };
        EventSource source = await OpenAsync(session, stop);
        PSEventSubscriber subscriber = Events.SubscribeEvent(source, EventName.ToString(), name, MessageData, Action, SupportEvent, forwardEvent: false, MaxTriggerCount);
        EventSubscription.Start(Events, session, source, subscriber, MessageData);
        WriteVerbose($"'{name}' is registered for {EventName} events of '{session.Name}'.");
        if (Action is not null && !SupportEvent) WriteObject(subscriber.Action);
    }

    private async Task<EventSource> OpenAsync(WeChatSession session, CancellationToken stop)
    {
        if (EventName == WeChatEventName.Message)
        {
            MessageFilter filter = await MakeFilterAsync(session, stop);
            return new MessageEvents(session.Name, session.OpenStream(new StreamOptions { KeepsNotices = true, Filter = filter.Wants, IsUndecided = filter.IsUndecided }), !NoAck);
        }

        if (s_filters.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } unfit)
            throw new WeChatException(WeChatErrorReason.InvalidRequest, $"-{unfit} is only for Message events, not for {EventName}.") { Subject = unfit };
        session.ThrowUnlessConnected();
        return new StateEvents(session, EventName == WeChatEventName.StateChanged ? typeof(WeChatStateEventArgs) : typeof(WeChatNoticeEventArgs));
    }
}
