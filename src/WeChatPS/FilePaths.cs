using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace WeChatPS;

/// <summary>Turns what was typed as a path into a full path of the file system.</summary>
internal static class FilePaths
{
    /// <exception cref="WeChatException">FileUnavailable: the path belongs to another provider.</exception>
    public static string Full(PSCmdlet cmdlet, string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.ImplementingType == typeof(FileSystemProvider)
            ? full
            : throw new WeChatException(
                WeChatErrorReason.FileUnavailable, $"'{path}' is not a path of the file system.") { Subject = path };
    }
}
