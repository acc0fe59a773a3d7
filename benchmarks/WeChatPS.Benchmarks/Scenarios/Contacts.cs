using System.Collections.Generic;

namespace WeChatPS.Benchmarks;

/// <summary>An address book of 10,000, read from the server and written to the pipeline.</summary>
internal static class Contacts
{
    private const int Friends = 10_000;

    public static IEnumerable<Figure> Run(Bench bench)
    {
        string count = Bench.Argument(bench.Scaled(Friends));
        Rounds rounds = bench.Alternate(["--contacts", count], (client, server) =>
        {
            using Store store = client.LogIn(server);
            return client.Run("contacts", server, store, "-Count", count);
        });
        yield return rounds.Figure($"Get-WeChatContact -Refresh of {bench.Scaled(Friends):N0}", "s", one => one.Seconds, atMost: 1);
        yield return rounds.Figure("processor time of the process", "s", one => one.Cpu);
        yield return rounds.Figure("working set afterwards", "MB", one => one.WorkingSet);
    }
}
