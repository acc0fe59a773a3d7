using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Register-WeChatEvent: messages and changes of a session as PowerShell events, while the prompt or the script does something else.</summary>
/// <remarks>
/// In the action $EventArgs has the Message, or State, PreviousState and Reason, or the Text; $Sender is the session. A message is taken
/// when the action has returned, with errors or without; one whose action throws, or is cut off, comes first next time, and a throw ends
/// the subscription. Without an action a message is taken when its event is in the queue (Get-Event, Wait-Event), of which there are at most
/// 100 at a time; with -NoAck it stays until Complete-WeChatMessage takes it. State changes come once each and in order. They are noticed
/// while something polls: a receiver, a Message subscription, or a session connected with -KeepAlive.
/// </remarks>
[Cmdlet(VerbsLifecycle.Register, "WeChatEvent")]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterWeChatEvent : ChoosingCmdlet
{
    private static readonly string[] s_filters =
    [
        nameof(From), nameof(Group), nameof(FromKind), nameof(Kind), nameof(Match), nameof(MentionsMe), nameof(IncludeSelf), nameof(IncludeStatus), nameof(NoAck),
    ];

    /// <summary>What to tell of.</summary>
    [Parameter(Position = 0)]
    public WeChatEventName EventName { get; set; }

    /// <summary>What to do with each event. Without it events wait in the queue.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public ScriptBlock? Action { get; set; }

    /// <summary>The subscription's name, by which Get-Event, Wait-Event and Unregister-Event know it; a new one unless given.</summary>
    [Parameter]
    [ValidatePattern(@"^(?!PowerShell\.)")]
    public string? SourceIdentifier { get; set; }

    /// <summary>Anything that the action finds as $Event.MessageData.</summary>
    [Parameter]
    public PSObject? MessageData { get; set; }

    /// <summary>Ends the subscription after so many events.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxTriggerCount { get; set; }

    /// <summary>Hides the subscription: Get-EventSubscriber and Unregister-Event see it with -Force only, and no job is given.</summary>
    [Parameter]
    public SwitchParameter SupportEvent { get; set; }

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        string name = SourceIdentifier ?? Guid.NewGuid().ToString();
        if (Events.GetEventSubscribers(name).Any())
            throw new WeChatException(WeChatErrorReason.SubscriberExists, $"There is an event subscription '{name}' already.") { Subject = name };
        EventSource source = await OpenAsync(session, stop);
        PSEventSubscriber subscriber = Events.SubscribeEvent(source, EventName.ToString(), name, MessageData, Action, SupportEvent, forwardEvent: false, MaxTriggerCount);
        EventSubscription.Start(Events, session, source, subscriber, MessageData);
        WriteVerbose($"'{name}' tells of {EventName} of '{session.Name}'.");
        if (Action is not null && !SupportEvent) WriteObject(subscriber.Action);
    }

    private async Task<EventSource> OpenAsync(WeChatSession session, CancellationToken stop)
    {
        if (EventName == WeChatEventName.Message)
        {
            MessageFilter filter = await MakeFilterAsync(session, stop);
            return new MessageEvents(session.Name, session.OpenStream(new StreamOptions { LeavesNotices = true, Filter = filter.Wants, Leaves = filter.Leaves }), !NoAck);
        }

        if (s_filters.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } unfit)
            throw new WeChatException(WeChatErrorReason.InvalidRequest, $"-{unfit} is for messages; it does not fit {EventName}.") { Subject = unfit };
        session.ThrowUnlessConnected();
        return new Happenings(session, EventName == WeChatEventName.StateChanged ? typeof(WeChatStateEventArgs) : typeof(WeChatNoticeEventArgs));
    }
}
