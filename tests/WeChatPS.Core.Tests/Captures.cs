using System;
using System.IO;
using Xunit;

namespace WeChatPS.Core.Tests;

/// <summary>Real replies, which are not part of this repository: the folder <c>shared/captures</c> beside it, or WECHATPS_CAPTURES.</summary>
internal static class Captures
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("WECHATPS_CAPTURES") is { Length: > 0 } named
        ? named
        : Path.GetFullPath(Path.Combine(Metadata.Of("Repository"), "..", "shared", "captures"));

    public static bool Exist => Directory.Exists(Folder);

    public static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Folder, file));

    public static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));
}

/// <summary>A fact about the captures; skipped, visibly, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CapturesFactAttribute : FactAttribute
{
    public CapturesFactAttribute() => Skip = Captures.Exist ? null : "there are no captures; set WECHATPS_CAPTURES to their folder";
}
