using System;
using System.Linq;
using System.Text;
using WeChatPS.Core.Tests.Sync;
using WeChatPS.Sync;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Messages;

public sealed class MessageIdentityTests
{
    [Theory]
    [InlineData("5")]
    [InlineData("\"5\"")]
    [InlineData("\"5 \"")]
    [InlineData("\" 5\"")]
    [InlineData("\"+5\"")]
    [InlineData("\"05\"")]
    [InlineData("\"\\u0035\"")]
    [InlineData("5.0")]
    [InlineData("5e0")]
    [InlineData("0.5E1")]
    [InlineData("\"5\",\"NewMsgId\":5")]
    [InlineData("\"5\",\"NewMsgId\":0")]
    [InlineData("\"5\",\"NewMsgId\":null")]
    [InlineData("null,\"NewMsgId\":\"5.00\"")]
    [InlineData("0,\"NewMsgId\":\"+5\"")]
    public void One_number_is_one_id_however_it_is_written(string id) => Assert.Equal(5UL, Item(id).Id);

    [Theory]
    [InlineData("\"7651226812254275964\"", 7651226812254275964UL)]
    [InlineData("7651226812254275965", 7651226812254275965UL)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("18446744073709551615.0", ulong.MaxValue)]
    [InlineData("-1", ulong.MaxValue)]
    [InlineData("\"3000000000\"", 3000000000UL)]
    public void Ids_beyond_Int32_and_doubles_are_exact(string id, ulong number) => Assert.Equal(number, Item(id).Id);

    [Theory]
    [InlineData("5.5")]
    [InlineData("1e40")]
    [InlineData("\"five\"")]
    [InlineData("\"5x\"")]
    [InlineData("18446744073709551616")]
    [InlineData("{}")]
    public void What_is_no_integer_is_an_id_of_its_own(string id)
    {
        Assert.Equal(Item(id).Id, Item(id).Id);
        Assert.NotEqual(Item(id).Id, Item("5").Id);
    }

    [Fact]
    public void Messages_that_share_one_of_two_ids_are_different_messages()
    {
        string[] pairs =
        [
            "\"8\",\"NewMsgId\":8", "\"8\",\"NewMsgId\":9", "\"8\",\"NewMsgId\":10", "\"9\",\"NewMsgId\":8",

            // As JavaScript rounds NewMsgId, and as a captured MsgId was rounded.
            "\"7651226812254275964\",\"NewMsgId\":7651226812254276000", "\"7651226812254275965\",\"NewMsgId\":7651226812254276000",
            "\"1510000000000000000\",\"NewMsgId\":1512190743315786023", "\"1510000000000000000\",\"NewMsgId\":1512190743315786024",
        ];
        Assert.Equal(pairs.Length, pairs.Select(pair => Item(pair).Id).Distinct().Count());
        using Inbox inbox = Inbox.InMemory();
        SyncBatch batch = Fetched.Batch("a") with { Items = [.. pairs.Select(Item)] };
        Assert.Equal(pairs.Length, inbox.Append(batch).Added);
        Assert.Equal(new BatchGain(0, false), inbox.Append(batch));
    }

    [Fact]
    public void After_an_upgrade_what_the_earlier_version_took_in_does_not_come_again_and_the_rest_is_not_lost()
    {
        string[] texts =
        [
            "\"8\",\"NewMsgId\":9", "\"5 \"", "5.0,\"Content\":1", "\"+6\"", "\"7\",\"NewMsgId\":7", "\"name\"", "0,\"NewMsgId\":70",
        ];
        using var folder = new InboxFolder();
        using (InboxLog log = InboxLog.OpenFile(folder.Log))
        {
            // As 0.1 wrote it: with its ids.
            SyncItem[] items = [.. texts.Select(Item).Select(item => new SyncItem(item.EarlierId == 0 ? item.Id : item.EarlierId, item.Raw))];
            log.Append(RecordKind.Batch, InboxRecords.Batch(new ReusableBuffer(), 1, default(SyncCursor) with { Value = "" }, new SyncCursor("a"), 0, items));
        }

        for (int opened = 0; opened < 3; opened++)
        {
            using Inbox inbox = folder.Open(out string? copy);
            Assert.Null(copy);
            SyncBatch again = Fetched.Batch("b") with { Items = [.. texts.Select(Item)] };
            Assert.Equal(new BatchGain(0, true), inbox.Append(again));
            Assert.Equal(new BatchGain(0, false), inbox.Append(again));
        }

        using Inbox last = folder.Open();
        SyncBatch others = Fetched.Batch("c") with { Items = [Item("\"8\",\"NewMsgId\":10"), Item("\"7\",\"NewMsgId\":71"), Item("\"8\",\"NewMsgId\":9")] };
        Assert.Equal(2, last.Append(others).Added);
    }

    private static SyncItem Item(string id)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($"{{\"MsgId\":{id}}}");
        return MessageIdentity.Identify(JsonSlice.Root(bytes), bytes);
    }
}
