using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
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

    /// <summary>Runs rows. Those that were only late, which the rest of the machine can cause, have a second chance.</summary>
    public static async Task<IReadOnlyList<OddOutcome>> RunAsync(IReadOnlyList<OddServer> rows)
    {
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
