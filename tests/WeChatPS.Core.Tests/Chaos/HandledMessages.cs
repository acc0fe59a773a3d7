using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>The list that a receiving process keeps of the messages it handled: a number and its deliveries a line, written at once and as a whole.</summary>
internal sealed class HandledMessages(string path) : IDisposable
{
    /// <summary>
    /// A divisor of a page's length. A write that crosses the end of a page is seen in two parts, and a process killed in between leaves
    /// only the first.
    /// </summary>
    private const int LineLength = 16;

    private const int NumberLength = 7;

    // no buffer: what was handled is in the file even if the process is killed the moment after
    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    /// <summary>The number that a message carries as its text, perhaps behind the marks of a fault; null when it carries none.</summary>
    public static int? NumberIn(string text) =>
        text.LastIndexOf('#') is >= 0 and int at && int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    public static int Count(string path) => File.Exists(path) ? (int)(new FileInfo(path).Length / LineLength) : 0;

    /// <summary>The number handled last; 0 when there is none yet.</summary>
    public static int Last(string path)
    {
        if (Count(path) == 0) return 0;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        Span<byte> line = stackalloc byte[LineLength];
        file.Seek(-LineLength, SeekOrigin.End);
        file.ReadExactly(line);
        return int.Parse(line[..NumberLength], CultureInfo.InvariantCulture);
    }

    public static int[] Read(string path) => Read(path, ..NumberLength);

    /// <summary>How often each had been delivered.</summary>
    public static int[] Deliveries(string path) => Read(path, (NumberLength + 1)..);

    public void Add(int number, int deliveries) =>
        _file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number:D7} {deliveries,7}\n")));

    private static int[] Read(string path, Range part) =>
        File.Exists(path) ? [.. File.ReadLines(path).Select(line => int.Parse(line.AsSpan(part), CultureInfo.InvariantCulture))] : [];

    public void Dispose() => _file.Dispose();
}
