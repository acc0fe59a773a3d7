using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace WeChatPS.Benchmarks;

/// <summary>
/// Import-Module over a bare engine: a process that imports, less one that does everything else. An empty module beside it shows what the
/// engine takes for its own part the first time it imports anything. All of it twice: with the engine of the NuGet package, which compiles
/// itself while it runs, and with the same one compiled ahead, as it is in the PowerShell that people install.
/// </summary>
internal static class Import
{
    private const int Rounds = 15;

    public static IEnumerable<Figure> Run()
    {
        string ahead = Path.Combine(PackedModule.Root, "artifacts", "publish", "WeChatPS.Benchmarks", "ahead", "WeChatPS.Benchmarks.dll");
        return [.. Run(typeof(Import).Assembly.Location, ""), .. Run(ahead, ", engine compiled ahead")];
    }

    /// <summary>The process that is measured.</summary>
    public static void Once(params string[] modules)
    {
        using Engine engine = Engine.Bare();
        engine.Run("1");
        foreach (string module in modules) engine.Import(module);
    }

    private static IEnumerable<Figure> Run(string program, string how)
    {
        using var store = new TemporaryStore();
        string empty = Path.Combine(store.Path, "Empty.psd1");
        File.WriteAllText(empty, "@{ ModuleVersion = '1.0'; RootModule = 'Empty.psm1' }");
        File.WriteAllText(Path.Combine(store.Path, "Empty.psm1"), "");
        List<double> bare = [], none = [], ours = [];
        for (int round = 0; round <= Rounds; round++)
        {
            (double without, double nothing, double with) =
                (Milliseconds(program), Milliseconds(program, empty), Milliseconds(program, PackedModule.Folder));
            if (round == 0) continue; // the files were not in memory yet
            bare.Add(without);
            none.Add(nothing);
            ours.Add(with);
        }

        double engine = new Samples(bare).Median;
        yield return new Figure($"a process with a bare engine{how}", engine, "ms");
        yield return new Figure($"Import-Module of an empty module on top{how}", new Samples(none).Median - engine, "ms");
        yield return new Figure($"Import-Module of WeChatPS on top{how}", new Samples(ours).Median - engine, "ms", AtMost: 150);
    }

    private static double Milliseconds(string program, params string[] modules)
    {
        long started = Stopwatch.GetTimestamp();
        Self.Run(program, ["engine", .. modules]);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
