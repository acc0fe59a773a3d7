using System;
using System.Globalization;
using WeChatPS.Reference;

// TASK -Endpoint URI [-Store FOLDER] [-Count N] …: the arguments of the scripts in benchmarks/scripts.
Arguments given = new(args);
await (args[0] switch
{
    "login" => Loops.LogInAsync(given.Endpoint, given["Store"]),
    "drain" => Loops.DrainAsync(given.Endpoint, given["Store"], given.Number("Count")),
    "wake" => Loops.WakeAsync(given.Endpoint, given["Store"], given.Number("Count")),
    "sends" => Loops.SendAsync(given.Endpoint, given["Store"], given.Number("Count")),
    "contacts" => Loops.ContactsAsync(given.Endpoint, given["Store"], given.Number("Count")),
    "idle" => Idle.RunAsync(given.Endpoint, given.Number("Before"), given.Number("Count"), given.Number("Seconds")),
    _ => throw new ArgumentException($"There is no task '{args[0]}'."),
}).ConfigureAwait(false);

/// <summary>What follows the task: names with a dash, each before its value.</summary>
internal sealed class Arguments(string[] args)
{
    public Uri Endpoint => new(this["Endpoint"]);

    public string this[string name] =>
        Array.IndexOf(args, "-" + name) is > 0 and int at && at + 1 < args.Length ? args[at + 1] : throw new ArgumentException($"-{name} is needed.");

    public int Number(string name) => int.Parse(this[name], CultureInfo.InvariantCulture);
}
