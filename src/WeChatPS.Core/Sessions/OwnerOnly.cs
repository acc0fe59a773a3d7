using System.IO;

namespace WeChatPS.Sessions;

/// <summary>
/// Files and folders that nobody but their owner can read, from the moment they exist. On Windows the user's profile sees to that by inheritance.
/// </summary>
internal static class OwnerOnly
{
    private const UnixFileMode FileOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode FolderOwner = FileOwner | UnixFileMode.UserExecute;

    /// <summary>Opens a file; one that it creates is the owner's alone. A buffer of 1 byte is none: what is written is with the system at once.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize = 4096)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferSize };
        if (!System.OperatingSystem.IsWindows() && mode != FileMode.Open)
            options.UnixCreateMode = FileOwner;
        return new FileStream(path, options);
    }

    /// <summary>Creates a folder with what is missing above it; a folder that exists is closed to others, those above it are not touched.</summary>
    public static void CreateFolder(string path)
    {
        if (System.OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // the mode is for the last one alone
        if (Path.GetDirectoryName(path) is { Length: > 0 } above && !Directory.Exists(above))
            CreateFolder(above);
        Directory.CreateDirectory(path, FolderOwner);
        if (File.GetUnixFileMode(path) != FolderOwner)
            File.SetUnixFileMode(path, FolderOwner);
    }
}
