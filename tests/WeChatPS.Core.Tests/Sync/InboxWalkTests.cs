using FsCheck.Xunit;

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
}
