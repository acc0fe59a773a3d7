using System;
using System.IO;

namespace WeChatPS.Sessions;

/// <summary>Replaces small files in one step: after a crash either the old one is there or the new one.</summary>
internal static class AtomicFile
{
    /// <summary>How the name of a file ends that a crash left half written.</summary>
    public const string Unfinished = ".tmp";

    /// <exception cref="IOException">The disk says no; the old file is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is not writable.</exception>
    public static void Write(string path, byte[] bytes)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}{Unfinished}";
        try
        {
            using (FileStream file = OwnerOnly.Open(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(bytes, 0, bytes.Length);
                file.Flush(flushToDisk: true);
            }

            Replace(temporary, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>Puts a finished file in the place of another one, or where none was.</summary>
    /// <exception cref="IOException">The disk says no; nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is not writable.</exception>
    public static void Replace(string source, string target) => File.Move(source, target, overwrite: true);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // removed when the folder is opened next
        }
    }
}
