using System;
using System.IO;
using Xunit;

namespace WeChatPS.Emulator.Tests;

/// <summary>Captured replies of the real server, beside the repository or where WECHATPS_CAPTURES says.</summary>
internal static class Captures
{
    public static string? Folder { get; } = Find();

    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Folder!, file));

    private static string? Find()
    {
        string? folder = Environment.GetEnvironmentVariable("WECHATPS_CAPTURES");
        if (folder is null)
        {
            DirectoryInfo? root = new(AppContext.BaseDirectory);
            while (root is not null && !File.Exists(Path.Combine(root.FullName, "WeChatPS.slnx")))
            {
                root = root.Parent;
            }

            folder = Path.Combine(root?.Parent?.FullName ?? "", "shared", "captures");
        }

        return Directory.Exists(folder) ? folder : null;
    }
}

/// <summary>A test that needs the captures; skipped, and said so, where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CaptureFactAttribute : FactAttribute
{
    public CaptureFactAttribute()
    {
        if (Captures.Folder is null)
        {
            Skip = "no captures: set WECHATPS_CAPTURES, or put them into ../shared/captures";
        }
    }
}
