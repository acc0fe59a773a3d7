using System;
using System.IO;

namespace WeChatPS.Core.Tests;

/// <summary>A folder of files that look like what their names say. It is gone when the test is over.</summary>
internal sealed class SampleFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("wechatps-files-").FullName;

    /// <summary>The first bytes of a file, by its extension.</summary>
    public static byte[] HeadOf(string name) => Path.GetExtension(name) switch
    {
        ".png" => [0x89, .. "PNG\r\n\u001a\n"u8],
        ".jpg" => [0xff, 0xd8, 0xff, 0xe0],
        ".gif" => [.. "GIF89a"u8],
        ".mp4" => [0, 0, 0, 24, .. "ftypmp42"u8],
        _ => [],
    };

    /// <summary>Writes a file of some length, the same bytes each time.</summary>
    public byte[] Make(string name, int length, out string path)
    {
        byte[] data = new byte[length];
        new Random(length).NextBytes(data);
        byte[] head = HeadOf(name);
        (head.Length > 0 ? head : [.. "data"u8]).AsSpan(0, Math.Min(length, Math.Max(head.Length, 4))).CopyTo(data);
        path = Write(name, data);
        return data;
    }

    public string Write(string name, byte[] data)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, data);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
