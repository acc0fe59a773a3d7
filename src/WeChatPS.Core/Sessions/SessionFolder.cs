using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace WeChatPS.Sessions;

/// <summary>One session's folder on disk, held for this process alone until it is disposed of.</summary>
internal sealed class SessionFolder : IDisposable
{
    private const string FileName = "session.json";
    private const string LockName = "session.lock";
    private const string PidName = "session.pid";

    // more than a session with its cookies, its first messages and the ids of some hundred contacts takes
    private const int ProbeLength = 128 * 1024;

    // of a session's name, so that there is room for what tells that it was set aside
    private const int MostOfName = 32;

    private readonly SessionLock _lock;
    private readonly TimeProvider _time;
    private bool _inspected;

    private SessionFolder(string name, string path, SessionLock held, TimeProvider time) =>
        (Name, Path, _lock, _time) = (name, path, held, time);

    public string Name { get; }

    public string Path { get; }

    /// <summary>Where messages wait that were fetched and not yet handed over.</summary>
    public string InboxPath => InFolder("inbox.log");

    /// <summary>Where messages go that were handed over again and again in vain.</summary>
    public string DeadLetterPath => InFolder("dead-letters.jsonl");

    /// <summary>Where the ids that survive logins are kept.</summary>
    public string IdentitiesPath => InFolder("identities.json");

    public string QrPath => InFolder("qr.png");

    private string FilePath => FilePathIn(Path);

    public static string FilePathIn(string folder) => System.IO.Path.Combine(folder, FileName);

    /// <summary>Creates the folder where needed and takes its lock.</summary>
    /// <exception cref="WeChatException">It is in use (<see cref="WeChatErrorReason.SessionInUse"/>),
    /// or the disk says no (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
    public static SessionFolder Open(string name, string path, TimeProvider time)
    {
        SessionLock? held = null;
        try
        {
            OwnerOnly.CreateFolder(path);
            held = SessionLock.Take(name, System.IO.Path.Combine(path, LockName), System.IO.Path.Combine(path, PidName));
            // left by a process that died while it saved
            foreach (string stray in Directory.GetFiles(path, "*.json.*" + AtomicFile.Unfinished))
                File.Delete(stray);
            return new SessionFolder(name, path, held, time);
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            held?.Dispose();
            throw Unavailable($"The session folder {path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The saved session; null where there is none.</summary>
    /// <exception cref="WeChatException">It was damaged and is now set aside (<see cref="WeChatErrorReason.SessionDamaged"/>; the next call
    /// finds none), or cannot be opened by this account or version and stays (<see cref="WeChatErrorReason.SessionUnreadable"/>).</exception>
    public SavedSession? Load()
    {
        try
        {
            SavedSession session = SessionFile.Read(File.ReadAllBytes(FilePath));
            _inspected = true;
            return session;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            _inspected = true;
            return null;
        }
        catch (InvalidDataException e)
        {
            throw SetAside(e);
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            throw new WeChatException(WeChatErrorReason.SessionUnreadable, $"The saved session {FilePath} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Makes sure that a session can be saved here: a person who has scanned a code must not learn afterwards that it cannot.</summary>
    /// <exception cref="WeChatException">The disk is full or says no (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
    public void ThrowUnlessWritable()
    {
        // named like what a crash left half written, so that the next process deletes it
        string probe = $"{InFolder("probe.json")}.{Guid.NewGuid():N}{AtomicFile.Unfinished}";
        try
        {
            try
            {
                using FileStream file = OwnerOnly.Open(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                file.Write(new byte[ProbeLength], 0, ProbeLength);
                file.Flush(flushToDisk: true);
            }
            finally
            {
                File.Delete(probe);
            }
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            throw Unavailable($"The session '{Name}' cannot be saved in {Path}, so that no login was begun: {e.Message}", e);
        }
    }

    /// <summary>
    /// Replaces the saved session in one step: after a crash either the old file is there or the new one. A file that has not been read
    /// since the folder was opened is read first, so that one which this account cannot open is never lost.
    /// </summary>
    /// <returns>Whether it was saved: one without credentials or cookies is not, so that it never replaces a good one.</returns>
    /// <exception cref="WeChatException">The disk says no (<see cref="WeChatErrorReason.FileUnavailable"/>),
    /// or what is there cannot be replaced (<see cref="WeChatErrorReason.SessionUnreadable"/>).</exception>
    public bool Save(SavedSession session)
    {
        if (!session.IsComplete)
            return false;
        if (!_inspected)
            Inspect();

        try
        {
            AtomicFile.Write(FilePath, SessionFile.Write(session));
            return true;
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            throw Unavailable($"The session '{session.Name}' cannot be saved to {FilePath}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Moves all that is saved here into a new folder beside this one, where it is a saved session under another name. What says whose it is
    /// goes last, so that a move which is cut short is gone on with next time.
    /// </summary>
    /// <returns>The other name.</returns>
    /// <exception cref="WeChatException">The disk says no (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
    public string SetAside()
    {
        try
        {
            string root = System.IO.Path.GetDirectoryName(Path)!;
            string name = Name.Length > MostOfName ? Name.Substring(0, MostOfName) : Name;
            string stem = $"{name}.set-aside-{Stamp}", aside = stem;
            for (int i = 2; Directory.Exists(System.IO.Path.Combine(root, aside)); i++) aside = $"{stem}-{i}";
            OwnerOnly.CreateFolder(System.IO.Path.Combine(root, aside));
            foreach (string file in Directory.GetFiles(Path).OrderBy(file => file == FilePath))
            {
                string moved = System.IO.Path.GetFileName(file);
                if (moved is not (LockName or PidName)) File.Move(file, System.IO.Path.Combine(root, aside, moved));
            }

            return aside;
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            throw Unavailable($"The session in {Path} belongs to another account and cannot be set aside: {e.Message}", e);
        }
    }

    /// <summary>Deletes all that the session left here, messages included. The lock file stays.</summary>
    /// <exception cref="WeChatException">The disk says no (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
    public void DeleteSession()
    {
        try
        {
            foreach (string file in Directory.GetFiles(Path))
            {
                if (System.IO.Path.GetFileName(file) is not (LockName or PidName))
                    File.Delete(file);
            }

            foreach (string folder in Directory.GetDirectories(Path))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            throw Unavailable($"The session folder {Path} cannot be emptied: {e.Message}", e);
        }
    }

    public void Dispose() => _lock.Dispose();

    private void Inspect()
    {
        try
        {
            Load();
        }
        catch (WeChatException e) when (e.Reason == WeChatErrorReason.SessionDamaged)
        {
            // set aside: nothing is lost by saving
        }
    }

    private WeChatException SetAside(InvalidDataException damage)
    {
        string stem = $"{FilePath}.damaged-{Stamp}", aside = stem;
        for (int i = 2; File.Exists(aside); i++)
            aside = $"{stem}-{i}";
        try
        {
            File.Move(FilePath, aside);
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            return new WeChatException(
                WeChatErrorReason.SessionUnreadable, $"The saved session {FilePath} is damaged ({damage.Message}) and cannot be set aside: {e.Message}", e);
        }

        _inspected = true;
        return new WeChatException(
            WeChatErrorReason.SessionDamaged, $"The saved session '{Name}' was damaged ({damage.Message}); it was set aside as {aside}.", damage)
        {
            Subject = aside,
        };
    }

    private string Stamp => _time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private string InFolder(string file) => System.IO.Path.Combine(Path, file);

    private static bool IsDiskTrouble(Exception e) => e is IOException or UnauthorizedAccessException;

    private static WeChatException Unavailable(string message, Exception e) => new(WeChatErrorReason.FileUnavailable, message, e);
}
