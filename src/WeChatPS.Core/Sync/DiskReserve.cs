using System;
using System.IO;
using WeChatPS.Sessions;

namespace WeChatPS.Sync;

/// <summary>A file that only takes up space. When the disk is full, it gives way to what is small and must not fail.</summary>
/// <param name="create">Creates the empty file, in place of one that is there already.</param>
/// <param name="delete">Deletes it.</param>
internal sealed class DiskReserve(Func<Stream> create, Action delete) : IDisposable
{
    private long _held;

    /// <summary>A reserve in a file that only its owner can read.</summary>
    public static DiskReserve At(string path) => new(
        () => OwnerOnly.Open(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1), () => File.Delete(path));

    public void Hold(long length)
    {
        if (_held >= length) return;
        try
        {
            // Written, not only reserved: not every file system can reserve space.
            using Stream file = create();
            byte[] zeros = new byte[64 * 1024];
            for (long left = length; left > 0; left -= zeros.Length) file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
            _held = length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _held = 1;
            GiveUp();
        }
    }

    /// <returns>Whether there was something to give up.</returns>
    public bool GiveUp()
    {
        if (_held == 0) return false;
        _held = 0;
        try
        {
            delete();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose() => GiveUp();
}
