using System;
using System.Collections.Generic;
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

    /// <summary>A line without its end, for a script too: the number and its deliveries.</summary>
    public const string LineFormat = "{0:D7} {1,7}";

    private static readonly CompositeFormat s_line = CompositeFormat.Parse(LineFormat + "\n");

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

    public void Add(int number, int deliveries) =>
        _file.Write(Encoding.ASCII.GetBytes(string.Format(CultureInfo.InvariantCulture, s_line, number, deliveries)));

    /// <summary>None was lost, their order is kept, and each end repeats one message at most, which says so.</summary>
    /// <param name="path">The list.</param>
    /// <param name="messages">How many messages there were.</param>
    /// <param name="ends">The lengths of the list when a receiver was killed.</param>
    /// <returns>The number of repeats.</returns>
    public static int CheckWhole(string path, int messages, IReadOnlyCollection<int> ends)
    {
        int[] handled = Read(path, ..NumberLength), deliveries = Read(path, (NumberLength + 1)..);
        int next = 1, repeats = 0;
        for (int i = 0; i < handled.Length; i++)
        {
            if (handled[i] == next)
            {
                next++;
                continue;
            }

            Xunit.Assert.True(handled[i] == next - 1 && ends.Contains(i), $"Line {i + 1} is message {handled[i]} where {next} was due.");
            Xunit.Assert.True(deliveries[i] > 1, $"Line {i + 1} repeats message {handled[i]} as if it were delivered for the first time.");
            repeats++;
        }

        Xunit.Assert.Equal(messages + 1, next);
        return repeats;
    }

    private static int[] Read(string path, Range part) =>
        File.Exists(path) ? [.. File.ReadLines(path).Select(line => int.Parse(line.AsSpan(part), CultureInfo.InvariantCulture))] : [];

    public void Dispose() => _file.Dispose();
}
