using System;
using System.IO;
using WeChatPS.Sessions;

namespace WeChatPS.Media;

/// <summary>A place for bytes that come once and are needed twice: the owner's alone, and gone when it is closed, however the process ends.</summary>
internal static class TemporaryFile
{
    /// <exception cref="IOException">The disk says no.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static FileStream Create()
    {
        string path = Path.Combine(Path.GetTempPath(), $"WeChatPS-{Guid.NewGuid():N}.tmp");
        FileStream file = OwnerOnly.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1);
        try
        {
            // whoever holds it open needs no name, and without one nothing can be left behind
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
