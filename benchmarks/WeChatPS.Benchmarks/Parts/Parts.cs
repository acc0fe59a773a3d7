using System.IO;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace WeChatPS.Benchmarks;

/// <summary>The parts, by BenchmarkDotNet.</summary>
internal static class Parts
{
    /// <param name="args">BenchmarkDotNet's own, such as --filter; all parts without.</param>
    public static int Run(string[] args)
    {
        // in this process: a generated project would not find the packed module
        IConfig config = DefaultConfig.Instance
            .WithArtifactsPath(Path.Combine(PackedModule.Root, "artifacts", "benchmarks"))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddJob(Job.Default
                .WithToolchain(InProcessEmitToolchain.Instance)
                .WithWarmupCount(5)
                .WithIterationCount(10)
                .WithIterationTime(TimeInterval.FromMilliseconds(200)));
        BenchmarkSwitcher.FromAssembly(typeof(Parts).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
        return 0;
    }
}
