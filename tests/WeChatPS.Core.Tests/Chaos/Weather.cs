using System;
using System.Linq;
using WeChatPS.Emulator;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>What goes wrong at present, at the server and on the way there.</summary>
internal sealed class Weather(WeChatEmulator server, ChaosNetwork network, Random random)
{
    private const string Anywhere = "*";

    // a session's end is not among them: one 1101 on the poll means nothing, two in a row are the end
    private static readonly Trouble[] s_troubles =
    [
        new(Anywhere, FaultKind.Delay), new(Anywhere, FaultKind.Reset), new(Anywhere, FaultKind.Status), new(Anywhere, FaultKind.Html),
        new(Anywhere, FaultKind.Empty), new(Anywhere, FaultKind.Redirect), new(Anywhere, FaultKind.WrongCharset),
        new(Anywhere, FaultKind.Truncate, LosesReplies: true), new(Anywhere, FaultKind.SlowDrip, LosesReplies: true),
        new(Anywhere, FaultKind.LostReply, LosesReplies: true),
        new("synccheck", FaultKind.ZeroStatus), new("synccheck", FaultKind.PhantomSelector, [2, 3, 4, 6, 7]), new("synccheck", FaultKind.InstantZero),
        new("synccheck", FaultKind.Ret, [1100, 1101, 1102, 1205, -1, -14]), new("synccheck", FaultKind.Hang),
        new("webwxsync", FaultKind.MissingKeys), new("webwxsync", FaultKind.GarbageItem), new("webwxsync", FaultKind.NumericFileSize),
        new("webwxsync", FaultKind.Duplicate), new("webwxsync", FaultKind.ClockOnlyKey), new("webwxsync", FaultKind.ContinueWithoutItems),
        new("webwxsync", FaultKind.InvalidUtf8), new("webwxsync", FaultKind.Ret, [1205, -1, 1]), new("webwxsync", FaultKind.Hang),
        new("webwxsendmsg", FaultKind.LostReply), new("webwxsendmsg", FaultKind.Ret, [1205, -1]), new("webwxsendmsg", FaultKind.Hang),
        new("webwxsendmsg", FaultKind.Truncate),
    ];

    private string _now = "calm";

    /// <summary>How often the server's faults struck.</summary>
    public int Struck { get; private set; }

    /// <summary>Draws new troubles.</summary>
    /// <param name="keepReplies">None of those that lose a reply to a fetch: the server has news that it tells but twice.</param>
    public void Change(bool keepReplies)
    {
        Calm();
        Trouble[] possible = [.. s_troubles.Where(trouble => !keepReplies || !trouble.LosesReplies)];
        Fault[] faults = [.. Enumerable.Range(0, random.Next(5)).Select(_ => Draw(possible[random.Next(possible.Length)]))];
        foreach (Fault fault in faults) server.Faults.Add(fault);
        network.Rate = random.Next(3) == 0 ? 0 : random.NextDouble() * 0.05;
        _now = $"{string.Join(", ", faults.Select(f => $"{f.Endpoint} {f.Kind} {f.Code} p={f.Probability:0.00} n={f.Count}"))}; network {network.Rate:0.000}";
    }

    public void Calm()
    {
        Struck += server.Faults.Planned.Sum(planned => planned.Hits);
        server.Faults.Clear();
        network.Rate = 0;
        _now = "calm";
    }

    public override string ToString() => _now;

    private Fault Draw(Trouble trouble) => new(trouble.Endpoint, trouble.Kind)
    {
        Probability = 0.05 + (0.35 * random.NextDouble()),
        Seed = random.Next(),
        Code = trouble.Codes is { } codes ? codes[random.Next(codes.Length)] : null,
        Delay = trouble.Kind == FaultKind.Delay ? TimeSpan.FromMilliseconds(random.Next(20)) : TimeSpan.Zero,
        Pace = TimeSpan.Zero,

        // a hang costs real time
        Count = trouble.Kind == FaultKind.Hang ? 1 : null,
    };

    private sealed record Trouble(string Endpoint, FaultKind Kind, int[]? Codes = null, bool LosesReplies = false);
}
