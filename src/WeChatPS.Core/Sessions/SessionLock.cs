using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace WeChatPS.Sessions;

/// <summary>
/// The lock that reserves a session for one process. The lock file is held open and never deleted, because two processes could otherwise hold
/// two files of the same name. A second file has the holder's process id for error messages. The system frees the lock when the process ends.
/// </summary>
internal sealed class SessionLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _pidPath;

    private SessionLock(FileStream held, string pidPath) => (_lock, _pidPath) = (held, pidPath);

    /// <exception cref="WeChatException">Another process, or another session of this process, holds the lock (<see cref="WeChatErrorReason.SessionInUse"/>).</exception>
    public static SessionLock Take(string name, string lockPath, string pidPath)
    {
        FileStream held;
        try
        {
            held = OwnerOnly.Open(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            throw new WeChatException(
                WeChatErrorReason.SessionInUse, $"The session '{name}' is in use by {Holder(pidPath)}. Run Disconnect-WeChat in that process, or use another -Name.", e)
            {
                Subject = name,
            };
        }

        WriteProcessId(pidPath);
        return new SessionLock(held, pidPath);
    }

    public void Dispose()
    {
        // The process id file is deleted first, because the next holder of the lock writes a new one.
        TryDelete(_pidPath);
        _lock.Dispose();
    }

    private static string Holder(string pidPath) => ReadProcessId(pidPath) switch
    {
        null => "another process",
        { } id when id == Environment.ProcessId => $"this process ({id})",
        { } id => $"process {id}",
    };

    private static int? ReadProcessId(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var text = new byte[12];
            int length = file.Read(text, 0, text.Length);
            string digits = Encoding.ASCII.GetString(text, 0, length).Trim();
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id > 0 ? id : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void WriteProcessId(string path)
    {
        try
        {
            byte[] text = Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            using FileStream file = OwnerOnly.Open(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.Write(text, 0, text.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The lock works without this file. An id of an earlier process would be misleading.
            TryDelete(path);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is only for error messages.
        }
    }

    // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION; EWOULDBLOCK of Linux and of macOS
    private static bool IsSharingViolation(IOException e) => e.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021) or 11 or 35;
}
