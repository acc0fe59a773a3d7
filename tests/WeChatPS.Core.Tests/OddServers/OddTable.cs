using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using WeChatPS.Core.Tests.OddServers.Rows;

namespace WeChatPS.Core.Tests.OddServers;

/// <summary>All odd servers, and the way to run them: side by side, the heavy ones alone.</summary>
internal static class OddTable
{
    public static IReadOnlyList<OddServer> Rows { get; } =
    [
        .. FramingRows.All, .. HeaderRows.All, .. EncodingRows.All, .. CookieRows.All, .. JsonRows.All, .. KeyRows.All, .. CodeRows.All,
        .. SelectorRows.All, .. ContactRows.All, .. ContinueRows.All, .. IdRows.All, .. TimingRows.All, .. RedirectRows.All, .. TlsRows.All,
    ];

    /// <summary>Random pairs of rows, of which the second follows the first without a rest.</summary>
    public static IReadOnlyList<OddServer> Pairs(int seed, int number) =>
        [.. Gen.Elements(Rows.Where(row => row is { IsHeavy: false, IsBacklog: false, IsTls: false }).AsEnumerable()).Two()
            .Sample(number, new Rnd((ulong)seed), 1).Select((pair, n) => Pair(n, pair.Item1, pair.Item2))];

    private static OddServer Pair(int number, OddServer first, OddServer second) => new($"pair {number}", $"{first}, then {second}", stage =>
    {
        first.Begin(stage);
        stage.Then(first.Lasts / 2, () => second.Begin(stage));
    })
    { Lasts = (first.Lasts + second.Lasts) / 2 };

    /// <summary>Runs rows. Those that were only late, which the rest of the machine can cause, have a second chance.</summary>
    public static async Task<IReadOnlyList<OddOutcome>> RunAsync(IReadOnlyList<OddServer> rows)
    {
        // What the rows have prepared is no growth, and its garbage no credit.
        GC.Collect();
        List<OddOutcome> outcomes = [.. await SideBySideAsync(rows.Where(row => !row.IsHeavy))];
        foreach (OddServer heavy in rows.Where(row => row.IsHeavy)) outcomes.Add(await OddRun.RunAsync(heavy));
        OddServer[] late = [.. outcomes.Where(outcome => outcome.IsLateOnly).Select(outcome => outcome.Row)];
        foreach (OddOutcome again in await SideBySideAsync(late))
        {
            int at = outcomes.FindIndex(outcome => outcome.Row == again.Row);
            outcomes[at] = again;
        }

        return outcomes;
    }

    private static Task<OddOutcome[]> SideBySideAsync(IEnumerable<OddServer> rows) => Task.WhenAll(rows.Select(row => Task.Run(() => OddRun.RunAsync(row))));
}
