using System;
using System.IO;

namespace WeChatPS.Sessions;

/// <summary>Replaces small files in one step. After a crash, either the old or the new file exists.</summary>
internal static class AtomicFile
{
    /// <summary>The extension of incomplete files after a crash.</summary>
    public const string Unfinished = ".tmp";

    /// <exception cref="IOException">The disk refuses the write. The old file is unchanged.</exception>
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

    /// <summary>Moves a complete file to the target path and replaces an existing file.</summary>
    /// <exception cref="IOException">The disk refuses the move. Both files are unchanged.</exception>
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
            // The file is deleted when the folder is opened again.
        }
    }
}
