using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace EngineHost;

/// <summary>The newest progress record as one line at the bottom of the terminal.</summary>
internal sealed class ProgressLine
{
    private const int BarWidth = 20;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private int? _activity;
    private bool _drawn;
    private long _drawnAt;

    public void Show(ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (record.ActivityId == _activity) Clear();
            return;
        }

        if (_drawn && record.ActivityId == _activity && Stopwatch.GetElapsedTime(_drawnAt) < s_interval) return;
        _activity = record.ActivityId;
        Console.Out.Write("\r" + TextCells.Truncate(Describe(record), Terminal.Width - 1) + "\e[K");
        _drawn = true;
        _drawnAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Takes the line off the screen until the next record.</summary>
    public void Erase()
    {
        if (_drawn) Console.Out.Write("\r\e[K");
        _drawn = false;
    }

    public void Clear()
    {
        Erase();
        _activity = null;
    }

    private static string Describe(ProgressRecord record)
    {
        var line = new StringBuilder(record.Activity);
        if (record.StatusDescription is { Length: > 0 } status) line.Append(": ").Append(status);
        if (record.PercentComplete >= 0)
        {
            int full = BarWidth * Math.Min(record.PercentComplete, 100) / 100;
            line.Append(" [").Append('#', full).Append(' ', BarWidth - full).Append("] ")
                .Append(CultureInfo.InvariantCulture, $"{record.PercentComplete} %");
        }

        if (record.SecondsRemaining >= 0) line.Append(CultureInfo.InvariantCulture, $" {TimeSpan.FromSeconds(record.SecondsRemaining):c}");
        return line.Replace('\r', ' ').Replace('\n', ' ').ToString();
    }
}
