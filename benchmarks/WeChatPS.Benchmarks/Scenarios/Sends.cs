using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;

namespace WeChatPS.Benchmarks;

/// <summary>Texts sent one after the other, without the pace that spares a real account.</summary>
internal static class Sends
{
    private const int WarmUp = 500;
    private const int Messages = 3_000;

    public static IEnumerable<Figure> Run()
    {
        using Server server = Server.Start();
        using Engine engine = Engine.WithModule();
        using WeChatSession session = engine.Connect(server, "-Ephemeral -SendInterval 0");
        engine.Run($"1..{WarmUp} | Send-WeChatMessage -To filehelper");
        long started = Stopwatch.GetTimestamp();
        var latencies = new Samples(engine.Run($"1..{Messages} | Send-WeChatMessage -To filehelper | Measure-Interval").Select(one => (double)one.BaseObject));
        yield return new Figure("Send-WeChatMessage, without -SendInterval", Messages / Stopwatch.GetElapsedTime(started).TotalSeconds, "/s");
        yield return new Figure("from receipt to receipt, p50", latencies.Median, "ms");
        yield return new Figure("from receipt to receipt, p99", latencies.At(0.99), "ms");
    }
}

/// <summary>Measure-Interval: the milliseconds between one object and the next.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Interval")]
public sealed class MeasureIntervalCommand : PSCmdlet
{
    private long _last;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object InputObject { get; set; } = null!;

    protected override void ProcessRecord()
    {
        long now = Stopwatch.GetTimestamp();
        if (_last != 0) WriteObject(Stopwatch.GetElapsedTime(_last, now).TotalMilliseconds);
        _last = now;
    }
}
