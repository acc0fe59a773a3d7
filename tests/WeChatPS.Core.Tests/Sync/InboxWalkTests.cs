using FsCheck;
using FsCheck.Fluent;
using WeChatPS.Core.Tests.Chaos;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class InboxWalkTests
{
    [Fact]
    public void Whatever_happens_in_whatever_order_the_inbox_keeps_its_promise() => Walk(Seeds.Usual, walks: 1000);

    internal static void Walk(int seed, int walks) => Prop.ForAll<byte[], ushort>((steps, tail) =>
    {
        using var walk = new InboxWalk();
        foreach (byte step in steps) walk.Step(step);
        walk.LoseTail(tail % 400);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(walks).WithEndSize(250).WithReplay((ulong)seed, 1).WithQuietOnSuccess(true));

    [Fact]
    public void What_was_handed_over_and_erased_does_not_come_back_when_the_end_of_the_log_is_lost()
    {
        const byte ThreeArrive = 3 << 3, FirstIsTaken = 4, SecondIsTaken = (1 << 3) | 4, CloseAndOpen = 6;
        for (int tail = 0; tail < 200; tail++)
        {
            using var walk = new InboxWalk();
            foreach (byte step in new[] { ThreeArrive, FirstIsTaken, SecondIsTaken, CloseAndOpen }) walk.Step(step);
            walk.LoseTail(tail);
        }
    }
}
