using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;

namespace WeChatPS.Media;

/// <summary>
/// Creates safe file names from untrusted names: without folders, Windows device names, control characters, direction marks, leading
/// dots and stream names (<c>:</c>), and of limited length. The result is the same on every system.
/// </summary>
internal static class SafeFileName
{
    /// <summary>The limit in UTF-8 bytes. Most systems allow 255, and a number may be added.</summary>
    private const int MaxBytes = 200;

    private const int LongestExtension = 16;

    private static readonly Regex s_device = new(
        @"\A(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9\u00B9\u00B2\u00B3])[ ]*(?:\.|\z)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>Gets the last part of a name as a safe file name.</summary>
    /// <param name="name">The untrusted name.</param>
    /// <param name="otherwise">The name to use when nothing of the name remains.</param>
    public static string From(string name, string otherwise)
    {
        string safe = Clean(name.Substring(name.LastIndexOfAny(['/', '\\']) + 1));
        if (safe.Trim('_').Length == 0)
            safe = Clean(otherwise);
        if (s_device.IsMatch(safe))
            safe = "_" + safe;
        return Shortened(safe);
    }

    /// <summary>Adds a number to a name: <c>a.txt</c> becomes <c>a (2).txt</c>.</summary>
    public static string Numbered(string name, int number)
    {
        string extension = Path.GetExtension(name);
        return string.Format(
            CultureInfo.InvariantCulture, "{0} ({1}){2}", name.Substring(0, name.Length - extension.Length), number, extension);
    }

    private static string Clean(string name)
    {
        var result = new StringBuilder(name.Length);
        for (int at = 0; at < name.Length; at++)
        {
            if (char.IsSurrogatePair(name, at))
                result.Append(name, at++, 2);
            else
                result.Append(IsAllowed(name[at]) ? name[at] : '_');
        }

        // Windows removes spaces and dots at the end. On other systems, a leading dot hides the file.
        string trimmed = result.ToString().Trim().TrimEnd('.', ' ');
        return trimmed is ['.', ..] ? "_" + trimmed : trimmed;
    }

    private static bool IsAllowed(char c) =>
        c is not ('<' or '>' or ':' or '"' or '|' or '?' or '*') && DisplayText.Visible(c.ToString()) is [var shown] && shown == c;

    private static string Shortened(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes)
            return name;
        string extension = Path.GetExtension(name);
        if (extension.Length > LongestExtension)
            extension = "";
        int room = MaxBytes - Encoding.UTF8.GetByteCount(extension);
        char[] characters = name.ToCharArray();
        int end = 0;
        for (int bytes = 0; end < name.Length - extension.Length;)
        {
            int length = char.IsSurrogatePair(name, end) ? 2 : 1;
            bytes += Encoding.UTF8.GetByteCount(characters, end, length);
            if (bytes > room)
                break;
            end += length;
        }

        return name.Substring(0, end).TrimEnd('.', ' ') + extension;
    }
}
