using System.Linq;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

public sealed class MessageWindowTests
{
    [Fact]
    public void The_window_forgets_the_oldest_beyond_its_capacity()
    {
        var window = new MessageWindow(capacity: 3);
        foreach (ulong id in Fetched.Ids(1, 4)) window.Add(id);
        Assert.False(window.Contains(1));
        Assert.All(Fetched.Ids(2, 3), id => Assert.True(window.Contains(id)));
        Assert.Equal(Fetched.Ids(2, 3), window.Ids);
    }

    [Fact]
    public void What_is_known_is_remembered_once()
    {
        var window = new MessageWindow(capacity: 2);
        foreach (ulong id in new ulong[] { 1, 1, 1, 2 }) window.Add(id);
        Assert.Equal([1UL, 2UL], window.Ids);
        Assert.True(window.Contains(1));
    }

    [Fact]
    public void By_default_it_remembers_thousands()
    {
        var window = new MessageWindow();
        foreach (ulong id in Fetched.Ids(0, 100_000)) window.Add(id);
        Assert.Equal(8192, window.Ids.Count);
        Assert.Equal(99_999UL, window.Ids.Last());
    }

    [Fact]
    public void The_inbox_delivers_an_id_again_that_the_window_forgot_and_no_other()
    {
        using Inbox inbox = Inbox.InMemory();
        inbox.Append(Fetched.Batch("a", Fetched.Ids(0, 8193)));
        Assert.Equal(1, inbox.Append(Fetched.Batch("b", 0, 1, 8192)).Added);
    }
}
