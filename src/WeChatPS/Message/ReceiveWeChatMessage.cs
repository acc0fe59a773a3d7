using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Receive-WeChatMessage: receives messages, oldest first, until it is stopped.</summary>
/// <remarks>A message stays in the inbox until the pipeline has processed it: until WriteObject returns, or Select-Object -First stops the pipeline.</remarks>
[Cmdlet(VerbsCommunications.Receive, "WeChatMessage", DefaultParameterSetName = StreamSet)]
[OutputType(typeof(WeChatMessage))]
public sealed class ReceiveWeChatMessage : ChoosingCmdlet
{
    private const string StreamSet = "Stream";
    private const string NoWaitSet = "NoWait";
    private const double LongestWait = 31_536_000;

    /// <summary>Indicates that the cmdlet delivers the messages that are available now, and ends.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NoWaitSet)]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Specifies the maximum number of messages. Later messages stay in the inbox.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxCount { get; set; }

    /// <summary>Specifies the time limit, in seconds. Reaching it is not an error.</summary>
    [Parameter(ParameterSetName = StreamSet)]
    [ValidateRange(0.001, LongestWait)]
    public double? TimeoutSec { get; set; }

    /// <summary>Specifies the maximum length of an outage, in seconds. A longer outage is an error.</summary>
    [Parameter(ParameterSetName = StreamSet)]
    [ValidateRange(0.001, LongestWait)]
    public double? OfflineTimeoutSec { get; set; }

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        MessageFilter filter = await MakeFilterAsync(session, stop);
        WriteVerbose($"Receiving from '{session.Name}'.");
        using MessageStream stream = session.OpenStream(new StreamOptions
        {
            NoWait = NoWait,
            Timeout = Seconds(TimeoutSec),
            OfflineTimeout = Seconds(OfflineTimeoutSec),
            ShowsTrace = IsDebugWanted,
            Filter = filter.Wants,
            IsUndecided = filter.IsUndecided,
        });
        for (int delivered = 0; delivered != MaxCount;)
        {
            StreamEntry entry = await stream.NextAsync(stop);
            if (entry.IsEnd)
                break;
            if (entry.Notice is not null)
            {
                Show(entry.Notice);
                continue;
            }

            Deliver(entry.Message!, stream);
            delivered++;
        }

        if (filter.Skipped > 0)
            WriteVerbose($"{filter.Skipped} messages did not match the filters and were removed from the inbox.");
    }

    private void Deliver(WeChatMessage message, MessageStream stream)
    {
        try
        {
            WriteObject(message);
        }
        catch (PipelineStoppedException) when (!NoAck && PipelineEnd.WasEnough(this))
        {
            stream.Acknowledge(message);
            throw;
        }

        if (!NoAck)
            stream.Acknowledge(message);
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
