using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>
/// A log that was cut off or damaged anywhere opens again, and what it lost the server brings once more: the cursor never stands behind a
/// message that is not in the inbox.
/// </summary>
public sealed class InboxDamageTests
{
    private const ulong Login = 7;

    // what the server gives for a cursor
    private static readonly Dictionary<string, SyncBatch> s_server = new()
    {
        ["init"] = Fetched.Batch("a", 1, 2),
        ["a"] = Fetched.Batch("b", 3),
        ["b"] = Fetched.Batch("c"),
        ["c"] = Fetched.Batch("d", 4, 5),
        ["d"] = Fetched.Batch("e", 6),
    };

    public static TheoryData<bool, bool> Logs => new()
    {
        { false, false }, { true, false }, { true, true },
    };

    [Theory]
    [MemberData(nameof(Logs))]
    public void Cut_off_at_any_byte_nothing_is_lost_and_nothing_is_doubled(bool compacted, bool emptied)
    {
        byte[] log = Log(compacted, emptied, out ulong[] handed);
        for (int length = 0; length <= log.Length; length++)
        {
            using InboxFolder folder = InboxFolder.With(log[..length]);
            using Inbox inbox = folder.Open(out string? copy);
            Assert.Null(copy);
            AssertComplete(inbox, handed, length);
        }
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void Damaged_at_any_byte_nothing_is_lost_and_nothing_is_doubled(bool compacted, bool emptied)
    {
        byte[] log = Log(compacted, emptied, out ulong[] handed);
        int copies = 0;
        for (int at = 0; at < log.Length; at++)
        {
            byte[] damaged = [.. log];
            damaged[at] ^= (byte)(1 << (at % 8));
            using InboxFolder folder = InboxFolder.With(damaged);
            using Inbox inbox = folder.Open(out string? copy);
            if (copy is not null)
            {
                Assert.Equal(damaged, File.ReadAllBytes(copy));
                copies++;
            }

            AssertComplete(inbox, handed, at);
            inbox.Dispose();
            using Inbox again = folder.Open(out string? none);
            Assert.Null(none);
            Assert.Equal(0, again.Pending);
        }

        // the rest looks like a write that was cut short: the length of the last record
        Assert.InRange(copies, log.Length - 4, log.Length);
    }

    [Fact]
    public void Damage_to_a_batch_goes_back_to_the_cursor_before_it_and_keeps_what_is_intact()
    {
        byte[] log = Log(compacted: false, emptied: false, out _);
        log[IndexOf(log, Fetched.Text(3)) + 4] ^= 0x40;
        using InboxFolder folder = InboxFolder.With(log);
        using Inbox inbox = folder.Open(out string? copy);
        Assert.NotNull(copy);
        Assert.Equal("a", inbox.CursorOf(Login).Value);
        Assert.Equal(Fetched.Texts(2, 4, 5, 6), inbox.GiveAll());
    }

    [Fact]
    public void An_empty_inbox_whose_end_is_damaged_still_knows_its_place()
    {
        byte[] log = Log(compacted: true, emptied: true, out _);
        log[^1] ^= 1;
        using InboxFolder folder = InboxFolder.With(log);
        using Inbox inbox = folder.Open(out string? copy);
        Assert.NotNull(copy);
        Assert.Equal("d", inbox.CursorOf(Login).Value);
    }

    [Fact]
    public void Damage_before_the_last_login_leaves_its_cursor_alone_and_damage_behind_it_does_not()
    {
        using var folder = new InboxFolder();
        byte[] log;
        using (Inbox inbox = folder.Open())
        {
            inbox.StartLogin(1, new SyncCursor("old"));
            inbox.Append(Fetched.Batch("old 1", 1));
            inbox.StartLogin(2, new SyncCursor("new"));
            inbox.Append(Fetched.Batch("new 1", 2));
            inbox.Append(Fetched.Batch("new 2", 3));
            log = folder.Snapshot();
        }

        log[IndexOf(log, Fetched.Text(1))] ^= 1;
        using (InboxFolder once = InboxFolder.With(log))
        {
            using Inbox inbox = once.Open();
            Assert.Equal("new 2", inbox.CursorOf(2).Value);
        }

        log[IndexOf(log, Fetched.Text(2))] ^= 1;
        using InboxFolder twice = InboxFolder.With(log);
        using Inbox both = twice.Open();
        Assert.Equal("new", both.CursorOf(2).Value);
        Assert.Equal(Fetched.Texts(3), both.TakeAll());
    }

    [Theory]
    [InlineData("")]
    [InlineData("W")]
    [InlineData("WX\u0001")]
    public void A_log_that_was_never_more_than_begun_is_an_empty_one(string begun)
    {
        using InboxFolder folder = InboxFolder.With([.. begun.Select(c => (byte)c)]);
        using Inbox inbox = folder.Open(out string? copy);
        Assert.Null(copy);
        Assert.True(inbox.Cursor.IsEmpty);
        Assert.Equal(1, inbox.Append(Fetched.Batch("a", 1)).Added);
        Assert.Equal(Fetched.Texts(1), inbox.TakeAll());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(200_000)]
    public void A_file_of_something_else_is_set_aside(int length)
    {
        byte[] garbage = new byte[length];
        new Random(1).NextBytes(garbage);
        garbage[0] = (byte)'{';
        using InboxFolder folder = InboxFolder.With(garbage);
        using (Inbox inbox = folder.Open(out string? copy))
        {
            Assert.Equal(garbage, File.ReadAllBytes(copy!));
            Assert.Equal(1, inbox.Append(Fetched.Batch("a", 1)).Added);
        }

        using Inbox again = folder.Open(out string? none);
        Assert.Null(none);
        Assert.Equal(Fetched.Texts(1), again.TakeAll());
    }

    [Fact]
    public void Messages_that_look_like_records_do_not_hide_what_follows_damage()
    {
        using var folder = new InboxFolder();
        byte[] log;
        using (Inbox inbox = folder.Open())
        {
            inbox.StartLogin(Login, new SyncCursor("init"));
            byte[] text = new byte[150_000];
            for (int i = 0; i < text.Length; i++) text[i] = (byte)"WX"[i % 2];
            inbox.Append(new SyncBatch([new SyncItem(1, text)], new SyncCursor("a"), false));
            inbox.Append(Fetched.Batch("b", 2));
            log = folder.Snapshot();
        }

        log[70_000] ^= 1;
        using InboxFolder damaged = InboxFolder.With(log);
        using Inbox again = damaged.Open(out string? copy);
        Assert.NotNull(copy);
        Assert.Equal("init", again.CursorOf(Login).Value);
        Assert.Equal(Fetched.Texts(2), again.TakeAll());
    }

    [Fact]
    public void A_log_changed_behind_the_inbox_back_is_an_error_and_not_another_message()
    {
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        inbox.Append(Fetched.Batch("a", 1));
        Assert.True(inbox.TryTake(out _));
        inbox.Rewind();
        using (var other = new FileStream(folder.Log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite)) other.SetLength(10);
        WeChatException failure = Assert.Throws<WeChatException>(() => inbox.TryTake(out _));
        Assert.Equal(WeChatErrorReason.InboxUnavailable, failure.Reason);
    }

    // The number of the first message, then that of the messages; see InboxRecords.
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void A_record_changed_behind_the_inbox_back_is_an_error_too(int at)
    {
        using var folder = new InboxFolder();
        using Inbox inbox = folder.Open();
        long position = folder.Snapshot().Length;
        inbox.Append(Fetched.Batch("a", 1));
        using (var other = new FileStream(folder.Log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            other.Position = position + InboxLog.HeaderLength + at;
            other.WriteByte(7);
        }

        WeChatException failure = Assert.Throws<WeChatException>(() => inbox.TryTake(out _));
        Assert.Equal("Another program changed the session's inbox on disk.", failure.Message);
    }

    /// <summary>The server plays its part from wherever the inbox stands; then everything that was not handed over must come, once.</summary>
    private static void AssertComplete(Inbox inbox, ulong[] handed, int at)
    {
        if (inbox.CursorOf(Login).IsEmpty) inbox.StartLogin(Login, new SyncCursor("init"));
        while (s_server.TryGetValue(inbox.CursorOf(Login).Value, out SyncBatch? next)) inbox.Append(next);
        Assert.Equal("e", inbox.CursorOf(Login).Value);
        List<string> texts = inbox.TakeAll();
        Assert.True(texts.Count == texts.Distinct().Count(), $"doubled, byte {at}: {string.Join(' ', texts)}");
        ulong[] waiting = [.. Fetched.Ids(1, 6).Except(handed)];
        string[] lost = [.. Fetched.Texts(waiting).Except(texts)];
        Assert.True(lost.Length == 0, $"lost, byte {at}: {string.Join(' ', lost)}");
    }

    private static byte[] Log(bool compacted, bool emptied, out ulong[] handed)
    {
        using var folder = new InboxFolder();
        handed = emptied ? [1, 2, 3, 4, 5] : [1];
        using (Inbox inbox = folder.Open())
        {
            inbox.StartLogin(Login, new SyncCursor("init"));
            foreach (string cursor in new[] { "init", "a", "b", "c" }) inbox.Append(s_server[cursor]);
            foreach (ulong _ in handed)
            {
                Assert.True(inbox.TryTake(out InboxEntry entry));
                inbox.HandedOver(entry.Sequence);
            }

            inbox.TryTake(out _);
            if (!compacted)
            {
                inbox.Append(s_server["d"]);
                return folder.Snapshot();
            }
        }

        using Inbox second = folder.Open();
        if (!emptied) second.Append(s_server["d"]);
        return folder.Snapshot();
    }

    private static int IndexOf(byte[] log, string text) => log.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text));
}
