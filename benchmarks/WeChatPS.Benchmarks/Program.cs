using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using WeChatPS.Benchmarks;

// In the order of the table.
Dictionary<string, Func<Bench, IEnumerable<Figure>>> scenarios = new(StringComparer.OrdinalIgnoreCase)
{
    ["import"] = Import.Run,
    ["task"] = ScheduledTask.Run,
    ["wake"] = Wake.Run,
    ["drain"] = Drain.Run,
    ["sends"] = Sends.Run,
    ["contacts"] = Contacts.Run,
    ["stop"] = Stop.Run,
    ["memory"] = Memory.Run,
    ["idle"] = Idle.Run,
};

if (args is ["parts", ..]) return Parts.Run(args[1..]);

Options options;
try
{
    options = Options.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

if (options.Names.Find(name => !scenarios.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no scenario '{unknown}'. There are: {string.Join(", ", scenarios.Keys)}; and parts, alone.");
    return 2;
}

var surroundings = new Surroundings();
var load = new Dictionary<string, string?>();
var figures = new List<Figure>();
var bench = new Bench(options);
bool failed = false;
foreach ((string name, Func<Bench, IEnumerable<Figure>> run) in scenarios)
{
    if (options.Names.Count > 0 && !options.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
    load[name] = Surroundings.Load();
    Console.Error.WriteLine($"{name} ... (load {load[name] ?? "unknown"})");
    try
    {
        figures.AddRange(run(bench).Select(figure => figure with { Scenario = name }));
    }
    catch (Exception e) when (e is InvalidOperationException or TimeoutException or HttpRequestException)
    {
        // what the other scenarios have found took minutes
        failed = true;
        Console.Error.WriteLine($"{name} failed: {e.Message}");
    }
}

Table.Write(Console.Out, figures);
string path = new Report(surroundings, options.Rounds, options.Scale, load, figures).Save(options.Json);
Console.Out.WriteLine();
Console.Out.WriteLine($"{options.Rounds} rounds; {surroundings.Processors} processors ({surroundings.Processor}), {surroundings.System}");
Console.Out.WriteLine($"WeChatPS {surroundings.Module}; PowerShell {surroundings.PowerShell}, {surroundings.Runtime}");
Console.Out.WriteLine(path);
return failed ? 1 : 0;
