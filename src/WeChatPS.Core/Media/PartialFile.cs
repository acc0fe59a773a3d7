using System;
using System.IO;

namespace WeChatPS.Media;

/// <summary>
/// A file during a download, in its target folder. It gets its name when it is complete, and is otherwise deleted.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const int MaxNumber = 10_000;

    private readonly string _folder;
    private bool _isKept;

    /// <exception cref="WeChatException">FileUnavailable: the file cannot be read or written.</exception>
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

    /// <summary>Renames the complete file.</summary>
    /// <returns>The full path.</returns>
    /// <exception cref="WeChatException">FileExists: a file has this name already. FileUnavailable: the file cannot be renamed.</exception>
    public string KeepAs(string name, SaveTarget target)
    {
        string path = Path.Combine(_folder, name);
        try
        {
            Stream.Dispose();
            for (int number = 2; !TryMove(path, target); number++)
            {
                if (target.IfExists == IfExists.Fail || number > MaxNumber)
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
            // After a disk failure, the file cannot be deleted either.
        }
    }

    public static WeChatException Exists(string path) =>
        new(WeChatErrorReason.FileExists, $"The file '{path}' already exists.") { Subject = path };

    public static WeChatException Unavailable(string path, string why, Exception? cause = null) =>
        new(WeChatErrorReason.FileUnavailable, $"'{path}' cannot be written: {why}", cause) { Subject = path };

    /// <summary>Whether an exception is a failure of the file system.</summary>
    public static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private bool TryMove(string path, SaveTarget target)
    {
        var there = new FileInfo(path);
        if (Directory.Exists(path))
            return target.IfExists != IfExists.Replace ? false : throw Unavailable(path, "the path is a folder.");
        if (!there.Exists)
            return TryMoveToFree(path);
        if (target.IfExists != IfExists.Replace)
            return false;
        if (there.IsReadOnly)
        {
            if (!target.ReplacesReadOnly)
                throw Unavailable(path, "the file is read-only. To replace it, use -Force.");
            there.IsReadOnly = false; // required on Windows
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
            return false; // another process created the file
        }
    }
}
