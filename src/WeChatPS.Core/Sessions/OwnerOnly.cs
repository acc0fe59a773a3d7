using System.IO;

namespace WeChatPS.Sessions;

/// <summary>
/// Creates files and folders that only their owner can read, from the start. On Windows, they inherit this from the user's profile.
/// </summary>
internal static class OwnerOnly
{
    private const UnixFileMode FileOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode FolderOwner = FileOwner | UnixFileMode.UserExecute;

    /// <summary>Opens a file. A new file is readable only by the owner. A buffer of 1 byte means none: each write goes directly to the system.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize = 4096)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferSize };
        if (!System.OperatingSystem.IsWindows() && mode != FileMode.Open)
            options.UnixCreateMode = FileOwner;
        return new FileStream(path, options);
    }

    /// <summary>Creates a folder and its missing parents. If the folder exists, it becomes readable only by the owner. Existing parents are unchanged.</summary>
    public static void CreateFolder(string path)
    {
        if (System.OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // CreateDirectory applies the mode only to the last folder.
        if (Path.GetDirectoryName(path) is { Length: > 0 } above && !Directory.Exists(above))
            CreateFolder(above);
        Directory.CreateDirectory(path, FolderOwner);
        if (File.GetUnixFileMode(path) != FolderOwner)
            File.SetUnixFileMode(path, FolderOwner);
    }
}
