using System;
using System.IO;
using WeChatPS.Sessions;

namespace WeChatPS.Sync;

/// <summary>The dead-letter file for messages delivered too often without acknowledgment: one JSON text a line, for a person to examine.</summary>
/// <param name="path">The file; null for sessions in memory, which keep no dead letters.</param>
internal sealed class DeadLetters(string? path)
{
    /// <summary>The path for the warning; null without a file.</summary>
    public string? Path => path;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(ReadOnlyMemory<byte> raw)
    {
        if (path is null) return;
        byte[] line = new byte[raw.Length + 1];
        raw.Span.CopyTo(line);

        // Line breaks in JSON occur only between tokens, as white space. Strings contain them escaped.
        for (int i = 0; i < raw.Length; i++)
        {
            if (line[i] is (byte)'\n' or (byte)'\r') line[i] = (byte)' ';
        }

        line[raw.Length] = (byte)'\n';
        using FileStream file = OwnerOnly.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 1);
        long end = file.Seek(0, SeekOrigin.End);
        try
        {
            file.Write(line, 0, line.Length);
        }
        catch (IOException)
        {
            // A part of a line would spoil the next one.
            file.SetLength(end);
            throw;
        }
    }
}
