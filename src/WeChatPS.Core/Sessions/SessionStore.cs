using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace WeChatPS.Sessions;

/// <summary>All saved sessions below one folder, one folder a name.</summary>
internal sealed class SessionStore(string root, TimeProvider? time = null)
{
    private static readonly Regex s_name = new(@"\A[\w.-]{1,64}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly Regex s_reserved = new(
        @"\A(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\.|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The folder for this user's sessions in the platform's data directory.</summary>
    /// <exception cref="WeChatException">The user has none (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
    public static string DefaultRoot
    {
        get
        {
            string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length > 0
                ? Path.Combine(data, "WeChatPS", "sessions")
                : throw new WeChatException(
                    WeChatErrorReason.FileUnavailable, "This user account has no data directory. Name a folder with -StorePath, or use -Ephemeral.");
        }
    }

    /// <exception cref="WeChatException">The name cannot be a folder's on every system (<see cref="WeChatErrorReason.InvalidSessionName"/>).</exception>
    public static void ValidateName(string name)
    {
        if (!IsValidName(name))
        {
            throw new WeChatException(
                WeChatErrorReason.InvalidSessionName,
                "A session name has 1 to 64 letters, digits, '_', '-' and '.', does not begin or end with a dot and is not a device name like CON.")
            {
                Subject = name,
            };
        }
    }

    /// <summary>Opens a session's folder for this process alone; creates it where there is none.</summary>
    /// <exception cref="WeChatException">As <see cref="ValidateName"/> and <see cref="SessionFolder.Open"/> say.</exception>
    public SessionFolder Open(string name)
    {
        ValidateName(name);
        return SessionFolder.Open(name, Path.Combine(root, name), time ?? TimeProvider.System);
    }

    /// <summary>What is saved, by name. Takes no lock: sessions in use are listed too.</summary>
    /// <exception cref="WeChatException">The store cannot be read (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
    public IReadOnlyList<SavedSessionInfo> List()
    {
        try
        {
            return Directory.Exists(root)
                ? [.. Directory.GetDirectories(root)
                    .Where(folder => IsValidName(Path.GetFileName(folder)) && File.Exists(SessionFolder.FilePathIn(folder)))
                    .Select(Describe)
                    .OrderBy(info => info.Name, StringComparer.OrdinalIgnoreCase)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WeChatException(WeChatErrorReason.FileUnavailable, $"The sessions in {root} cannot be listed: {e.Message}", e);
        }
    }

    /// <summary>Deletes a saved session with all its files.</summary>
    /// <exception cref="WeChatException">There is none (<see cref="WeChatErrorReason.SessionNotFound"/>), it is in use
    /// (<see cref="WeChatErrorReason.SessionInUse"/>) or the disk says no (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
    public void Delete(string name)
    {
        using SessionFolder folder = OpenSaved(name);
        folder.DeleteSession();
    }

    /// <summary>Opens a saved session's folder for this process alone.</summary>
    /// <exception cref="WeChatException">As <see cref="Delete"/> says.</exception>
    public SessionFolder OpenSaved(string name)
    {
        ThrowUnlessSaved(name);
        return Open(name);
    }

    /// <summary>Says so when nothing is saved under a name.</summary>
    /// <exception cref="WeChatException">There is none (<see cref="WeChatErrorReason.SessionNotFound"/>), or the name cannot be one
    /// (<see cref="WeChatErrorReason.InvalidSessionName"/>).</exception>
    public void ThrowUnlessSaved(string name)
    {
        ValidateName(name);
        if (!File.Exists(SessionFolder.FilePathIn(Path.Combine(root, name)))) throw NotSaved(name);
    }

    /// <summary>The error for a name that nothing is saved under.</summary>
    public static WeChatException NotSaved(string name) =>
        new(WeChatErrorReason.SessionNotFound, $"There is no saved session '{name}'.") { Subject = name };

    // a trailing dot is lost on Windows; a leading one hides the folder elsewhere
    private static bool IsValidName(string name) =>
        s_name.IsMatch(name) && name[0] != '.' && name[name.Length - 1] != '.' && !s_reserved.IsMatch(name);

    private SavedSessionInfo Describe(string folder)
    {
        string name = Path.GetFileName(folder);
        try
        {
            StoredSession stored = SessionFile.ReadOpenPart(File.ReadAllBytes(SessionFolder.FilePathIn(folder)));
            return new SavedSessionInfo(
                name, stored.SelfNickName, stored.Endpoint?.Authority ?? stored.ApiAuthority ?? "", stored.Mode, stored.Created, stored.Saved, null, root);
        }
        catch (Exception e) when (e is InvalidDataException or WeChatException or IOException or UnauthorizedAccessException)
        {
            string problem = e is InvalidDataException ? $"damaged: {e.Message}" : e.Message;
            return new SavedSessionInfo(name, "", "", WeChatLoginMode.Web, null, null, problem, root);
        }
    }
}
