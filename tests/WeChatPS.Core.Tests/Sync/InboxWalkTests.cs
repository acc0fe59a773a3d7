using FsCheck.Xunit;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class InboxWalkTests
{
    [Property(MaxTest = 300, EndSize = 250)]
    public void Whatever_happens_in_whatever_order_the_inbox_keeps_its_promise(byte[] steps, ushort tail)
    {
        using var walk = new InboxWalk();
        foreach (byte step in steps) walk.Step(step);
        walk.LoseTail(tail % 400);
    }

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
