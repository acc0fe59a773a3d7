using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using WeChatPS.Benchmarks;

// In the order of the table. Each runs in a process of its own, so that none finds what another left: warm code, a grown heap.
Dictionary<string, Func<IEnumerable<Figure>>> scenarios = new()
{
    ["import"] = Import.Run,
    ["wake"] = Wake.Run,
    ["drain"] = Drain.Run,
    ["memory"] = Memory.Run,
    ["idle"] = Idle.Run,
    ["stop"] = Stop.Run,
    ["contacts"] = Contacts.Run,
    ["sends"] = Sends.Run,
};

switch (args)
{
    case ["scenario", var name]:
        foreach (Figure figure in scenarios[name]())
            Console.Out.WriteLine(JsonSerializer.Serialize(figure with { Scenario = name }));
        return 0;
    case ["engine", .. var modules]:
        Import.Once(modules);
        return 0;
    case ["write", var endpoint, var count, var pace]:
        Wake.Write(new Uri(endpoint), Number(count), TimeSpan.FromMilliseconds(Number(pace)));
        return 0;
    case ["feed", var endpoint, var count]:
        Memory.Feed(new Uri(endpoint), Number(count));
        return 0;
    case ["parts", ..]:
        return Parts.Run(args[1..]);
    default:
        return RunScenarios();
}

int RunScenarios()
{
    if (args.FirstOrDefault(name => !scenarios.ContainsKey(name)) is { } unknown)
    {
        Console.Error.WriteLine($"There is no scenario '{unknown}'. There are: {string.Join(", ", scenarios.Keys)}; and parts, alone.");
        return 2;
    }

    var figures = new List<Figure>();
    foreach (string name in scenarios.Keys.Where(name => args.Length == 0 || args.Contains(name)))
    {
        Console.Error.WriteLine($"{name} ...{(Table.Load() is { } load ? $" (load {load})" : "")}");
        figures.AddRange(Self.Run("scenario", name).Select(line => JsonSerializer.Deserialize<Figure>(line)!));
    }

    Table.Write(Console.Out, figures);
    return 0;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
