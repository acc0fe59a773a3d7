using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Receive-WeChatMessage: streams messages, oldest first, until it is stopped.</summary>
/// <remarks>A message leaves the inbox when the pipeline took it: when WriteObject returned, or a command had enough.</remarks>
[Cmdlet(VerbsCommunications.Receive, "WeChatMessage", DefaultParameterSetName = StreamSet)]
[OutputType(typeof(WeChatMessage))]
public sealed class ReceiveWeChatMessage : ChoosingCmdlet
{
    private const string StreamSet = "Stream";
    private const string NoWaitSet = "NoWait";
    private const double LongestWait = 31_536_000;

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
            Leaves = filter.Leaves,
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
