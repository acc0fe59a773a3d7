using System;
using System.IO;

namespace WeChatPS.Benchmarks;

/// <summary>A store for sessions that goes away with the scenario.</summary>
internal sealed class TemporaryStore : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("wechatps-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
