using System.IO;
#if !NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace WeChatPS.Sessions;

/// <summary>
/// Files and folders that nobody but their owner can read, from the moment they exist. On Windows the user's profile sees to that by inheritance.
/// </summary>
internal static class OwnerOnly
{
#if NET8_0_OR_GREATER
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
#else
    private static readonly object s_gate = new();

    /// <summary>Opens a file; one that it creates is the owner's alone. A buffer of 1 byte is none: what is written is with the system at once.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize = 4096)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return new FileStream(path, mode, access, share, bufferSize);
        lock (s_gate)
        {
            uint before = SetMask(Others);
            try
            {
                return new FileStream(path, mode, access, share, bufferSize);
            }
            finally
            {
                _ = SetMask(before);
            }
        }
    }

    /// <summary>Creates a folder with what is missing above it; a folder that exists is closed to others, those above it are not touched.</summary>
    public static void CreateFolder(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            Directory.CreateDirectory(path);
            return;
        }

        lock (s_gate)
        {
            uint before = SetMask(Others);
            try
            {
                Directory.CreateDirectory(path);
            }
            finally
            {
                _ = SetMask(before);
            }
        }

        if (ChangeMode(path, Owner) != 0)
            throw new IOException($"The folder {path} cannot be closed to others.");
    }

    private const uint Owner = 0x1C0; // 0700

    private const uint Others = 0x3F; // 0077

    // there is no way to name the mode at creation there; the mask is the process's, so it is narrowed for no longer than that
    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint SetMask(uint mask);

    [DllImport("libc", EntryPoint = "chmod", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int ChangeMode(string path, uint mode);
#endif
}
