using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace WeChatPS.Sessions;

/// <summary>The folder of a session on disk. This process holds its lock until it is disposed.</summary>
internal sealed class SessionFolder : IDisposable
{
    private const string FileName = "session.json";
    private const string LockName = "session.lock";
    private const string PidName = "session.pid";

    // A session with its cookies, its first messages and the ids of a few hundred contacts needs less.
    private const int ProbeLength = 128 * 1024;

    // The length of the session's name that leaves room for the set-aside suffix.
    private const int MostOfName = 32;

    private readonly SessionLock _lock;
    private readonly TimeProvider _time;
    private bool _inspected;

    private SessionFolder(string name, string path, SessionLock held, TimeProvider time) =>
        (Name, Path, _lock, _time) = (name, path, held, time);

    public string Name { get; }

    public string Path { get; }

    /// <summary>The file of the inbox: messages that were fetched but not acknowledged.</summary>
    public string InboxPath => InFolder("inbox.log");

    /// <summary>The dead-letter file: messages that were delivered several times without acknowledgment.</summary>
    public string DeadLetterPath => InFolder("dead-letters.jsonl");

    /// <summary>The file of the stable ids.</summary>
    public string IdentitiesPath => InFolder("identities.json");

    public string QrPath => InFolder("qr.png");

    private string FilePath => FilePathIn(Path);

    public static string FilePathIn(string folder) => System.IO.Path.Combine(folder, FileName);

    /// <summary>Creates the folder if necessary and takes its lock.</summary>
    /// <exception cref="WeChatException">The session is in use (<see cref="WeChatErrorReason.SessionInUse"/>),
    /// or the disk refuses access (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
    public static SessionFolder Open(string name, string path, TimeProvider time)
    {
        SessionLock? held = null;
        try
        {
            OwnerOnly.CreateFolder(path);
            held = SessionLock.Take(name, System.IO.Path.Combine(path, LockName), System.IO.Path.Combine(path, PidName));
            // These files are from a process that ended during a save.
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

    /// <summary>Loads the saved session; null without one.</summary>
    /// <exception cref="WeChatException">The session was damaged and is now set aside (<see cref="WeChatErrorReason.SessionDamaged"/>). Or this
    /// account or version cannot read it, and it is unchanged (<see cref="WeChatErrorReason.SessionUnreadable"/>).</exception>
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

    /// <summary>Checks that a session can be saved here, before the user scans a QR code.</summary>
    /// <exception cref="WeChatException">The disk is full or refuses access (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
    public void ThrowUnlessWritable()
    {
        // The name is like that of an incomplete file, so the next process deletes it after a crash.
        string probe = InFolder("probe.json.whole" + AtomicFile.Unfinished);
        try
        {
            AtomicFile.Write(probe, new byte[ProbeLength]);
            File.Delete(probe);
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            throw Unavailable($"The session '{Name}' cannot be saved in {Path}, so no login was started: {e.Message}", e);
        }
    }

    /// <summary>
    /// Replaces the saved session in one step. After a crash, either the old or the new file exists. A file that was not read before is read
    /// first, so a session of another account is never lost.
    /// </summary>
    /// <returns>Whether the session was saved. A session without credentials or cookies is not, so it never replaces a valid one.</returns>
    /// <exception cref="WeChatException">The disk refuses the write, or the system cannot encrypt the secrets (<see cref="WeChatErrorReason.FileUnavailable"/>),
    /// or the existing session cannot be replaced (<see cref="WeChatErrorReason.SessionUnreadable"/>).</exception>
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
        catch (Exception e) when (IsSaveTrouble(e))
        {
            throw Unavailable($"The session '{session.Name}' cannot be saved to {FilePath}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Moves all files to a new folder beside this one, as a saved session under another name. The session file is last, so an interrupted move
    /// continues next time.
    /// </summary>
    /// <returns>The other name.</returns>
    /// <exception cref="WeChatException">The disk refuses access (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
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

    /// <summary>Deletes all files of the session, including messages. The lock file stays.</summary>
    /// <exception cref="WeChatException">The disk refuses access (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
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
            // The damaged file is set aside, so a save loses no data.
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
                WeChatErrorReason.SessionUnreadable, $"The saved session {FilePath} is damaged ({damage.Message}) and cannot be renamed: {e.Message}", e);
        }

        _inspected = true;
        return new WeChatException(
            WeChatErrorReason.SessionDamaged, $"The saved session '{Name}' was damaged ({damage.Message}). The file was renamed to {aside}.", damage)
        {
            Subject = aside,
        };
    }

    private string Stamp => _time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private string InFolder(string file) => System.IO.Path.Combine(Path, file);

    // DPAPI fails when the user's profile is not loaded or its key was reset.
    private static bool IsSaveTrouble(Exception e) => IsDiskTrouble(e) || e is CryptographicException;

    private static bool IsDiskTrouble(Exception e) => e is IOException or UnauthorizedAccessException;

    private static WeChatException Unavailable(string message, Exception e) => new(WeChatErrorReason.FileUnavailable, message, e);
}
