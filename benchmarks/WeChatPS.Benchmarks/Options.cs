using System;
using System.Collections.Generic;
using System.Globalization;

namespace WeChatPS.Benchmarks;

/// <summary>The command line of a bench: names of scenarios, and what follows.</summary>
internal sealed class Options
{
    /// <summary>Which scenarios; all without a name.</summary>
    public List<string> Names { get; } = [];

    /// <summary>How often each client runs.</summary>
    public int Rounds { get; private set; } = 5;

    /// <summary>By how much every count is multiplied: 1 for figures, less to see whether a scenario works.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>Where the JSON goes instead of artifacts/bench.</summary>
    public string? Json { get; private set; }

    /// <exception cref="ArgumentException">An argument is unknown or its value unusable.</exception>
    public static Options Parse(string[] args)
    {
        var options = new Options();
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i].ToUpperInvariant())
            {
                case "-ROUNDS":
                    options.Rounds = (int)Number(args, ++i, least: 1);
                    break;
                case "-SCALE":
                    options.Scale = Number(args, ++i, least: 0);
                    break;
                case "-JSON":
                    options.Json = ++i < args.Length ? args[i] : throw new ArgumentException("-Json needs the path of a file.");
                    break;
                case ['-', ..]:
                    throw new ArgumentException($"There is no option '{args[i]}'. There are: -Rounds N, -Scale X, -Json FILE.");
                default:
                    options.Names.Add(args[i]);
                    break;
            }
        }

        return options;
    }

    private static double Number(string[] args, int at, double least) =>
        at < args.Length && double.TryParse(args[at], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number >= least
            ? number
            : throw new ArgumentException($"{args[at - 1]} needs a number from {least} up.");
}
