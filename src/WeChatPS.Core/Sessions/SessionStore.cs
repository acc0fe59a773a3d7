using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace WeChatPS.Sessions;

/// <summary>The saved sessions in one folder, with a subfolder for each name.</summary>
internal sealed class SessionStore(string root, TimeProvider? time = null)
{
    private static readonly Regex s_name = new(@"\A[\w.-]{1,64}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly Regex s_reserved = new(
        @"\A(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\.|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The user's folder for sessions in the platform's data directory.</summary>
    /// <exception cref="WeChatException">The user has no data directory (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
    public static string DefaultRoot
    {
        get
        {
            string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length > 0
                ? Path.Combine(data, "WeChatPS", "sessions")
                : throw new WeChatException(
                    WeChatErrorReason.FileUnavailable, "This user account has no data directory. Specify a folder with -StorePath, or use -Ephemeral.");
        }
    }

    /// <exception cref="WeChatException">The name is not a valid folder name on every system (<see cref="WeChatErrorReason.InvalidSessionName"/>).</exception>
    public static void ValidateName(string name)
    {
        if (!IsValidName(name))
        {
            throw new WeChatException(
                WeChatErrorReason.InvalidSessionName,
                "The session name is invalid. It must have 1 to 64 letters, digits, '_', '-' and '.', must not begin or end with a dot, and must not be a device name such as CON.")
            {
                Subject = name,
            };
        }
    }

    /// <summary>Opens and locks a session's folder. Creates the folder if necessary.</summary>
    /// <exception cref="WeChatException">See <see cref="ValidateName"/> and <see cref="SessionFolder.Open"/>.</exception>
    public SessionFolder Open(string name)
    {
        ValidateName(name);
        return SessionFolder.Open(name, Path.Combine(root, name), time ?? TimeProvider.System);
    }

    /// <summary>Lists the saved sessions by name, including sessions in use.</summary>
    /// <exception cref="WeChatException">The folder is not readable (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
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
    /// <exception cref="WeChatException">The session does not exist (<see cref="WeChatErrorReason.SessionNotFound"/>) or is in use
    /// (<see cref="WeChatErrorReason.SessionInUse"/>), or the disk refuses access (<see cref="WeChatErrorReason.FileUnavailable"/>).</exception>
    public void Delete(string name)
    {
        using SessionFolder folder = OpenSaved(name);
        folder.DeleteSession();
    }

    /// <summary>Opens and locks the folder of a saved session.</summary>
    /// <exception cref="WeChatException">See <see cref="Delete"/>.</exception>
    public SessionFolder OpenSaved(string name)
    {
        ThrowUnlessSaved(name);
        return Open(name);
    }

    /// <summary>Checks that a session is saved under a name.</summary>
    /// <exception cref="WeChatException">The session does not exist (<see cref="WeChatErrorReason.SessionNotFound"/>), or the name is invalid
    /// (<see cref="WeChatErrorReason.InvalidSessionName"/>).</exception>
    public void ThrowUnlessSaved(string name)
    {
        ValidateName(name);
        if (!File.Exists(SessionFolder.FilePathIn(Path.Combine(root, name)))) throw NotSaved(name);
    }

    /// <summary>Creates the error for a name without a saved session.</summary>
    public static WeChatException NotSaved(string name) =>
        new(WeChatErrorReason.SessionNotFound, $"There is no saved session '{name}'.") { Subject = name };

    // Windows drops a trailing dot. A leading dot hides the folder on other systems.
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
