using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.OddServers;
using WeChatPS.Core.Tests.OddServers.Verdicts;

namespace WeChatPS.Soak;

/// <summary>The odd servers of the tests: the table, random pairs of its rows, and many random sequences of verdicts.</summary>
internal static class OddServers
{
    public static async Task<string> TableAsync() => Report(await OddTable.RunAsync(OddTable.Rows));

    public static async Task<string> PairsAsync(int seed, int pairs) => Report(await OddTable.RunAsync(OddTable.Pairs(seed, pairs)));

    public static Task<string> VerdictsAsync(int seed, int walks) => Task.Run(() =>
    {
        OddVerdictTests.Walk(seed, walks);
        return $"{walks} sequences";
    });

    private static string Report(IReadOnlyList<OddOutcome> outcomes)
    {
        string table = string.Join('\n', outcomes.Select(outcome => outcome.ToString()).Prepend(OddOutcome.Heading));
        OddOutcome[] bad = [.. outcomes.Where(outcome => !outcome.IsGood)];
        return bad.Length == 0
            ? $"{outcomes.Count} rows\n{table}"
            : throw new InvalidOperationException(string.Join('\n', bad.Select(outcome => $"{outcome}\n{outcome.Course}").Prepend(table)));
    }
}
