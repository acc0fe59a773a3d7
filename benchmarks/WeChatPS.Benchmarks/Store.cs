using System;
using System.IO;

namespace WeChatPS.Benchmarks;

/// <summary>A folder for a saved session that goes away with the run.</summary>
internal sealed class Store : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("wechatps-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
