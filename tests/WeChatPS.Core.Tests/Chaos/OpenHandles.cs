using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>What this process has open, as far as the platform tells (Linux).</summary>
internal static class OpenHandles
{
    public static int Sockets => All().Count(target => target.StartsWith("socket:", StringComparison.Ordinal));

    public static IReadOnlyList<string> Below(string folder) => [.. All().Where(target => target.StartsWith(folder, StringComparison.Ordinal))];

    private static IEnumerable<string> All()
    {
        if (!OperatingSystem.IsLinux()) yield break;
        foreach (FileInfo handle in new DirectoryInfo("/proc/self/fd").EnumerateFiles())
        {
            string? target;
            try
            {
                target = handle.LinkTarget;
            }
            catch (IOException)
            {
                // closed since it was listed
                continue;
            }

            if (target is not null) yield return target;
        }
    }
}
