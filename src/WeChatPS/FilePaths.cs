using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace WeChatPS;

/// <summary>Resolves paths from parameters to full paths of the file system.</summary>
internal static class FilePaths
{
    /// <exception cref="WeChatException">FileUnavailable: the path belongs to another provider.</exception>
    public static string Full(PSCmdlet cmdlet, string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return OfFileSystem(full, path, provider);
    }

    /// <summary>Like <see cref="Full"/>, for a path with or without wildcards. Exactly one file or folder must match the wildcards.</summary>
    /// <exception cref="WeChatException">FileUnavailable: not exactly one file matches.</exception>
    public static string Single(PSCmdlet cmdlet, string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
            return Unescaped(cmdlet, path);
        IReadOnlyList<string> found = Matching(cmdlet, path);
        return found.Count == 1
            ? found[0]
            : throw new WeChatException(
                WeChatErrorReason.FileUnavailable,
                $"'{path}' has wildcards and matches {(found.Count == 0 ? "no path" : "several paths")}. To use it without wildcards, specify -LiteralPath.") { Subject = path };
    }

    /// <summary>Like <see cref="Full"/>, for a path without wildcards whose characters may be escaped, as completion does: <c>a`[1`].txt</c>.</summary>
    /// <exception cref="WeChatException">FileUnavailable: the path belongs to another provider.</exception>
    public static string Unescaped(PSCmdlet cmdlet, string path) => Full(cmdlet, WildcardPattern.Unescape(path));

    /// <summary>Gets all paths that match a path with wildcards.</summary>
    /// <exception cref="WeChatException">FileUnavailable: the path belongs to another provider.</exception>
    public static IReadOnlyList<string> Matching(PSCmdlet cmdlet, string path)
    {
        Collection<string> found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
        return [.. found.Select(one => OfFileSystem(one, path, provider))];
    }

    private static string OfFileSystem(string full, string path, ProviderInfo provider) =>
        provider.ImplementingType == typeof(FileSystemProvider)
            ? full
            : throw new WeChatException(
                WeChatErrorReason.FileUnavailable, $"'{path}' is not a file system path.") { Subject = path };
}
