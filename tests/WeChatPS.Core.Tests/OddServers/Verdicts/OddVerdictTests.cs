using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using WeChatPS.Core.Tests.Chaos;
using Xunit;

namespace WeChatPS.Core.Tests.OddServers.Verdicts;

/// <summary>The odd servers as verdicts, through the loop alone.</summary>
public sealed class OddVerdictTests
{
    public static TheoryData<string> Names => [.. OddVerdicts.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ten_minutes_of_it_are_borne_and_left_behind_within_seconds(string name)
    {
        OddVerdicts row = OddVerdicts.All.Single(one => one.Name == name);
        using var walk = new OddWalk();
        await walk.RunAsync(row, 595);
        await walk.EndAsync(row.Ends, row.Name);
    }

    [Fact]
    public void Whatever_comes_after_and_between_what_the_rules_are_kept() => Walk(Seeds.Usual, walks: 25);

    /// <summary>Sequences of rows, and rows of which each request meets one of two.</summary>
    internal static void Walk(int seed, int walks) => Prop.ForAll(Sequences(), rows =>
    {
        using var walk = new OddWalk();
        foreach ((OddVerdicts row, int seconds) in rows) walk.RunAsync(row, seconds).GetAwaiter().GetResult();
        walk.EndAsync(rows.Max(one => one.Row.Ends), string.Join(", ", rows.Select(one => $"{one.Row} ({one.Seconds} s)"))).GetAwaiter().GetResult();
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(walks).WithEndSize(8).WithReplay((ulong)seed, 1).WithQuietOnSuccess(true));

    private static Arbitrary<(OddVerdicts Row, int Seconds)[]> Sequences()
    {
        Gen<OddVerdicts> one = Gen.Elements(OddVerdicts.All.Where(row => !row.FetchesSayOver));
        Gen<OddVerdicts> two = from first in one from second in one select first.Mixed(second);
        Gen<(OddVerdicts, int)> part = from row in Gen.OneOf(one, two) from seconds in Gen.Choose(1, 90) select (row, seconds);
        return part.NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();
    }
}
