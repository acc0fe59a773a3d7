using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace WeChatPS.Benchmarks;

/// <summary>How scenarios are run: so many rounds, in each the module and the reference in turn.</summary>
internal sealed class Bench(Options options)
{
    /// <summary>A count, as large as this bench wants it, and at least ten.</summary>
    public int Scaled(int count) => Math.Max(10, (int)(count * options.Scale));

    /// <summary>The same task for both, with a server that has served it once before: the server is warm and the clients are cold.</summary>
    /// <param name="serverOptions">The emulator's command line.</param>
    /// <param name="run">One run of a client.</param>
    public Rounds Alternate(string[] serverOptions, Func<Client, Server, Reading> run)
    {
        using Server server = Server.Start(serverOptions);
        Run(Client.Reference);
        return Alternate(() => Run(Client.Module), () => Run(Client.Reference));

        Reading Run(Client client)
        {
            Reading reading = run(client, server);
            server.Control.EndSessions();
            return reading;
        }
    }

    /// <summary>Two tasks of any kind.</summary>
    public Rounds Alternate(Func<Reading> module, Func<Reading> reference)
    {
        List<Reading> ours = [], theirs = [];
        for (int round = 0; round < options.Rounds; round++)
        {
            ours.Add(module());
            theirs.Add(reference());
        }

        return new Rounds(ours, theirs);
    }

    public static string Argument(int count) => count.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What the rounds of a comparison brought.</summary>
internal sealed class Rounds(IReadOnlyList<Reading> module, IReadOnlyList<Reading> reference)
{
    /// <summary>A figure of both.</summary>
    public Figure Figure(string what, string unit, Func<Reading, double> value, double? atMost = null) =>
        new(what, unit, new Measured([.. module.Select(value)]), new Measured([.. reference.Select(value)]), atMost);

    /// <summary>How much the module takes more than the reference, round by round.</summary>
    public Figure Over(string what, string unit, Func<Reading, double> value) =>
        new(what, unit, new Measured([.. module.Zip(reference, (ours, theirs) => value(ours) - value(theirs))]));
}
