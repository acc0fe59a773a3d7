using System;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Receive-WeChatMessage: streams messages, oldest first, until it is stopped.</summary>
/// <remarks>A message leaves the inbox when the pipeline took it: when WriteObject returned, or a command had enough.</remarks>
[Cmdlet(VerbsCommunications.Receive, "WeChatMessage", DefaultParameterSetName = StreamSet)]
[OutputType(typeof(WeChatMessage))]
public sealed class ReceiveWeChatMessage : SessionCmdlet
{
    private const string StreamSet = "Stream";
    private const string NoWaitSet = "NoWait";
    private const double LongestWait = 31_536_000;

    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public override SessionRef? Session { get; set; }

    /// <summary>Brings what is there now and ends.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NoWaitSet)]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Ends after so many messages; what lies behind the last one stays for the next time.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxCount { get; set; }

    /// <summary>Ends after so many seconds; ending on time is no error.</summary>
    [Parameter(ParameterSetName = StreamSet)]
    [ValidateRange(0.001, LongestWait)]
    public double? TimeoutSec { get; set; }

    /// <summary>Gives up when the server cannot be reached for so many seconds.</summary>
    [Parameter(ParameterSetName = StreamSet)]
    [ValidateRange(0.001, LongestWait)]
    public double? OfflineTimeoutSec { get; set; }

    /// <summary>Only what these people wrote, anywhere, or what was written in these groups.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[]? From { get; set; }

    /// <summary>Only what was written in these groups.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[]? Group { get; set; }

    /// <summary>Only what was written in conversations of these kinds: with a Friend, in a Group, with an Official account …</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ContactKind[]? FromKind { get; set; }

    /// <summary>Only these kinds; without it all but Status.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public MessageKind[]? Kind { get; set; }

    /// <summary>Only texts that this regular expression finds; as with -match, case does not matter.</summary>
    [Parameter]
    [ValidateNotNull]
    public Regex? Match { get; set; }

    /// <summary>Only messages that address this account (@name).</summary>
    [Parameter]
    public SwitchParameter MentionsMe { get; set; }

    /// <summary>Also what this account wrote on the phone or elsewhere.</summary>
    [Parameter]
    public SwitchParameter IncludeSelf { get; set; }

    /// <summary>Also what the account's devices tell each other (read marks, opened conversations), in addition to other kinds.</summary>
    [Parameter]
    public SwitchParameter IncludeStatus { get; set; }

    /// <summary>Leaves every message in the inbox until Complete-WeChatMessage takes it out.</summary>
    [Parameter]
    public SwitchParameter NoAck { get; set; }

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        MessageFilter filter = await MessageFilter.MakeAsync(session, From, Group, Match, stop) with
        {
            FromKinds = FromKind, Kinds = Kind, OnlyMentions = MentionsMe, IncludeSelf = IncludeSelf, IncludeStatus = IncludeStatus,
        };
        WriteVerbose($"Receiving from '{session.Name}'.");
        using MessageStream stream = session.OpenStream(new StreamOptions
        {
            NoWait = NoWait,
            Timeout = Seconds(TimeoutSec),
            OfflineTimeout = Seconds(OfflineTimeoutSec),
            Filter = filter.Wants,
        });
        for (int given = 0; given != MaxCount;)
        {
            StreamEntry entry = await stream.NextAsync(stop);
            if (entry.IsEnd)
                break;
            if (entry.Notice is not null)
            {
                Show(entry.Notice);
                continue;
            }

            Give(entry.Message!, stream);
            given++;
        }

        if (filter.Consumed > 0)
            WriteVerbose($"{filter.Consumed} messages did not match and were consumed.");
    }

    private void Give(WeChatMessage message, MessageStream stream)
    {
        try
        {
            WriteObject(message);
        }
        catch (PipelineStoppedException) when (!NoAck && PipelineEnd.WasEnough(this))
        {
            stream.HandedOver(message);
            throw;
        }

        if (!NoAck)
            stream.HandedOver(message);
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
