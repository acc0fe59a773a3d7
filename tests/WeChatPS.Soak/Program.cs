using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Chaos;
using WeChatPS.Core.Tests.Sync;

namespace WeChatPS.Soak;

/// <summary>The long runs: each kind at least once, then all of them again until the time is over.</summary>
internal static class Program
{
    private const double UsualMinutes = 10;

    private static readonly (string Name, Func<int, Task<string>> Run)[] s_kinds =
    [
        ("chaos", seed => ChaosRun.RunAsync(seed, messages: 50_000)),
        ("kill", seed => KillRun.RunAsync(seed, messages: 60_000, kills: 100)),
        ("kill PowerShell", seed => KillRun.RunAsync(seed, messages: 20_000, kills: 100, PackedPowerShell.FromEnvironment())),
        ("inbox walks", InboxWalks),
        ("bad replies", seed => BadReplies.RunAsync(seed, replies: 200_000)),
        ("odd servers", _ => OddServers.TableAsync()),
        ("odd pairs", seed => OddServers.PairsAsync(seed, pairs: 40)),
        ("odd verdicts", seed => OddServers.VerdictsAsync(seed, walks: 500)),
        ("churn", seed => ChurnRun.RunAsync(seed, sessions: 20, rounds: 20)),
    ];

    private static async Task<int> Main(string[] arguments)
    {
        double minutes = UsualMinutes;
        (string Name, Func<int, Task<string>> Run)[] kinds = arguments.Length < 2 ? s_kinds : [.. s_kinds.Where(kind => kind.Name == arguments[1])];
        if (arguments.Length > 2 || (arguments.Length > 0 && !IsMinutes(arguments[0], out minutes)) || kinds.Length == 0)
        {
            await Console.Error.WriteLineAsync($"Usage: soak [MINUTES [KIND]]. Kinds: {string.Join(", ", s_kinds.Select(kind => kind.Name))}.");
            return 2;
        }

        int passed = 0, failed = 0;
        long started = Stopwatch.GetTimestamp();
        for (int round = 0; round < kinds.Length || Stopwatch.GetElapsedTime(started).TotalMinutes < minutes; round++)
        {
            if (await PassesAsync(round + 1, kinds[round % kinds.Length])) passed++;
            else failed++;
        }

        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static Task<string> InboxWalks(int seed) => Task.Run(() =>
    {
        const int Walks = 20_000;
        InboxWalkTests.Walk(seed, Walks);
        return $"{Walks} walks";
    });

    private static bool IsMinutes(string text, out double minutes) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out minutes);

    private static async Task<bool> PassesAsync(int round, (string Name, Func<int, Task<string>> Run) kind)
    {
        int seed = Seeds.Next();
        long started = Stopwatch.GetTimestamp();
        string outcome;
        bool isGood = true;
        try
        {
            outcome = await kind.Run(seed);
        }
        catch (Exception e)
        {
            (outcome, isGood) = ($"FAILED: {e}", false);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{round} {kind.Name} WECHATPS_SEED={seed} {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: {outcome}"));
        return isGood;
    }
}
