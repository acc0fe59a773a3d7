using System;
using System.IO;
using WeChatPS.Sessions;

namespace WeChatPS.Sync;

/// <summary>Where messages go that were given out too often without being taken: one JSON text a line, for a person to look at.</summary>
/// <param name="path">The file; null keeps none, for sessions in memory.</param>
internal sealed class DeadLetters(string? path)
{
    /// <summary>Where the messages are, for the warning; null when they are not kept.</summary>
    public string? Path => path;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(ReadOnlyMemory<byte> raw)
    {
        if (path is null) return;
        byte[] line = new byte[raw.Length + 1];
        raw.Span.CopyTo(line);

        // line breaks between JSON tokens are white space, and inside strings they are escaped
        for (int i = 0; i < raw.Length; i++)
        {
            if (line[i] is (byte)'\n' or (byte)'\r') line[i] = (byte)' ';
        }

        line[raw.Length] = (byte)'\n';
        using FileStream file = OwnerOnly.Open(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(line, 0, line.Length);
    }
}
