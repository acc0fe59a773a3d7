using System;
using System.IO;
using WeChatPS.Sessions;

namespace WeChatPS.Media;

/// <summary>A temporary file for a stream that can be read only once. Only the owner can read it, and it is deleted when the process ends.</summary>
internal static class TemporaryFile
{
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The temporary folder is not writable.</exception>
    public static FileStream Create()
    {
        string path = Path.Combine(Path.GetTempPath(), $"WeChatPS-{Guid.NewGuid():N}.tmp");
        FileStream file = OwnerOnly.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1);
        try
        {
            // An open file needs no name, and without a name no file can remain.
            File.Delete(path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
