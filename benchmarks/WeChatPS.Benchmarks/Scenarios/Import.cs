using System.Collections.Generic;
using System.IO;

namespace WeChatPS.Benchmarks;

/// <summary>Import-Module in a process that has just started; beside it an empty module, which shows what the engine takes for its own part.</summary>
internal static class Import
{
    public static IEnumerable<Figure> Run(Bench bench)
    {
        using var folder = new Store();
        string empty = Path.Combine(folder.Path, "Empty.psd1");
        File.WriteAllText(empty, "@{ ModuleVersion = '1.0'; RootModule = 'Empty.psm1' }");
        File.WriteAllText(Path.Combine(folder.Path, "Empty.psm1"), "");
        ImportOf(empty);
        Rounds rounds = bench.Alternate(() => ImportOf(PackedModule.Folder), () => ImportOf(empty));
        yield return rounds.Figure("Import-Module; reference: an empty module", "ms", one => one.Seconds * 1000);
        yield return rounds.Over("over an empty module", "ms", one => one.Seconds * 1000);
        yield return rounds.Over("processor time over an empty module", "ms", one => one.Cpu * 1000);
    }

    private static Reading ImportOf(string module) => Client.Module.Run("import", "-Module", module);
}
