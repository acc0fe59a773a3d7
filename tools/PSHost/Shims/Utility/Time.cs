using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Date.</summary>
[Cmdlet(VerbsCommon.Get, "Date", DefaultParameterSetName = "DateAndFormat")]
[OutputType(typeof(DateTime), typeof(string))]
public sealed class GetDateCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LastWriteTime")]
    public DateTime? Date { get; set; }

    [Parameter]
    [Alias("UnixTime")]
    public long? UnixTimeSeconds { get; set; }

    [Parameter]
    public int? Year { get; set; }

    [Parameter]
    public int? Month { get; set; }

    [Parameter]
    public int? Day { get; set; }

    [Parameter]
    public int? Hour { get; set; }

    [Parameter]
    public int? Minute { get; set; }

    [Parameter]
    public int? Second { get; set; }

    [Parameter]
    public int? Millisecond { get; set; }

    [Parameter]
    public string? Format { get; set; }

    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    protected override void ProcessRecord()
    {
        DateTime date = UnixTimeSeconds is { } unix ? DateTimeOffset.FromUnixTimeSeconds(unix).LocalDateTime : Date ?? DateTime.Now;
        date = date.AddYears((Year ?? date.Year) - date.Year)
            .AddMonths((Month ?? date.Month) - date.Month)
            .AddDays((Day ?? date.Day) - date.Day)
            .AddHours((Hour ?? date.Hour) - date.Hour)
            .AddMinutes((Minute ?? date.Minute) - date.Minute)
            .AddSeconds((Second ?? date.Second) - date.Second)
            .AddMilliseconds((Millisecond ?? date.Millisecond) - date.Millisecond);
        if (AsUTC) date = date.ToUniversalTime();
        WriteObject(Format is null ? date : date.ToString(Format, CultureInfo.CurrentCulture));
    }
}

/// <summary>New-TimeSpan.</summary>
[Cmdlet(VerbsCommon.New, "TimeSpan", DefaultParameterSetName = "Date")]
[OutputType(typeof(TimeSpan))]
public sealed class NewTimeSpanCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Date", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LastWriteTime")]
    public DateTime? Start { get; set; }

    [Parameter(ParameterSetName = "Date", Position = 1, ValueFromPipelineByPropertyName = true)]
    public DateTime? End { get; set; }

    [Parameter(ParameterSetName = "Time")]
    public int Days { get; set; }

    [Parameter(ParameterSetName = "Time")]
    public int Hours { get; set; }

    [Parameter(ParameterSetName = "Time")]
    public int Minutes { get; set; }

    [Parameter(ParameterSetName = "Time")]
    public int Seconds { get; set; }

    [Parameter(ParameterSetName = "Time")]
    public int Milliseconds { get; set; }

    protected override void ProcessRecord()
    {
        DateTime now = DateTime.Now;
        WriteObject(ParameterSetName == "Time" ? new TimeSpan(Days, Hours, Minutes, Seconds, Milliseconds) : (End ?? now) - (Start ?? now));
    }
}

/// <summary>Start-Sleep.</summary>
[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
public sealed class StartSleepCommand : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim _stopped = new();

    [Parameter(ParameterSetName = "Seconds", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateRange(0.0, int.MaxValue / 1000)]
    public double Seconds { get; set; }

    [Parameter(ParameterSetName = "Milliseconds", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    [Alias("ms")]
    public int Milliseconds { get; set; }

    [Parameter(ParameterSetName = "Duration", Mandatory = true)]
    public TimeSpan Duration { get; set; }

    public void Dispose() => _stopped.Dispose();

    protected override void ProcessRecord() => _stopped.Wait(ParameterSetName switch
    {
        "Seconds" => TimeSpan.FromSeconds(Seconds),
        "Milliseconds" => TimeSpan.FromMilliseconds(Milliseconds),
        _ => Duration,
    });

    protected override void StopProcessing() => _stopped.Set();
}

/// <summary>Measure-Command.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Command")]
[OutputType(typeof(TimeSpan))]
public sealed class MeasureCommandCommand : PSCmdlet
{
    private TimeSpan _total;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock? Expression { get; set; }

    protected override void ProcessRecord()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        // In the scope of the caller, who may want to keep what it assigns.
        InvokeCommand.InvokeScript(useLocalScope: false, Expression, new object?[] { InputObject }, args: []);
        _total += watch.Elapsed;
    }

    protected override void EndProcessing() => WriteObject(_total);
}
