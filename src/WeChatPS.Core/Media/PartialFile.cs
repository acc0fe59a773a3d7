using System;
using System.IO;

namespace WeChatPS.Media;

/// <summary>
/// A file that is still being written, beside the place that it is for. It gets its name when it is whole; otherwise nothing of it remains.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const int MostNumbers = 10_000;

    private readonly string _folder;
    private bool _isKept;

    /// <exception cref="WeChatException">FileUnavailable.</exception>
    public PartialFile(string folder)
    {
        _folder = folder;
        string path = Path.Combine(folder, $".{Guid.NewGuid():N}.part");
        try
        {
            Directory.CreateDirectory(folder);
            Stream = new FileStream(
                path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw Unavailable(folder, e.Message, e);
        }
    }

    public FileStream Stream { get; }

    /// <summary>Gives the file its name.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="WeChatException">FileExists or FileUnavailable.</exception>
    public string KeepAs(string name, SaveTarget target)
    {
        string path = Path.Combine(_folder, name);
        try
        {
            Stream.Dispose();
            for (int number = 2; !TryMove(path, target); number++)
            {
                if (target.IfExists == IfExists.Fail || number > MostNumbers)
                    throw Exists(path);
                path = Path.Combine(_folder, SafeFileName.Numbered(name, number));
            }

            _isKept = true;
            return path;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw Unavailable(path, e.Message, e);
        }
    }

    public void Dispose()
    {
        try
        {
            Stream.Dispose();
            if (!_isKept)
                File.Delete(Stream.Name);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // the disk that failed us keeps what it has
        }
    }

    public static WeChatException Exists(string path) =>
        new(WeChatErrorReason.FileExists, $"The file '{path}' exists already.") { Subject = path };

    public static WeChatException Unavailable(string path, string why, Exception? cause = null) =>
        new(WeChatErrorReason.FileUnavailable, $"'{path}' cannot be written: {why}", cause) { Subject = path };

    /// <summary>Whether an exception is the file system's way to say no.</summary>
    public static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private bool TryMove(string path, SaveTarget target)
    {
        var there = new FileInfo(path);
        if (Directory.Exists(path))
            return target.IfExists != IfExists.Replace ? false : throw Unavailable(path, "it is a folder.");
        if (!there.Exists)
            return TryMoveToFree(path);
        if (target.IfExists != IfExists.Replace)
            return false;
        if (there.IsReadOnly)
        {
            if (!target.ReplacesReadOnly)
                throw Unavailable(path, "it is read-only. -Force replaces it.");
            there.IsReadOnly = false; // Windows insists
        }

        File.Replace(Stream.Name, path, null);
        return true;
    }

    private bool TryMoveToFree(string path)
    {
        try
        {
            File.Move(Stream.Name, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false; // somebody was faster
        }
    }
}
