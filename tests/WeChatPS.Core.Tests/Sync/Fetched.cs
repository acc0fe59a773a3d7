using System.Collections.Generic;
using System.Linq;
using System.Text;
using WeChatPS.Sync;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>Made-up messages and batches.</summary>
internal static class Fetched
{
    public static SyncItem Item(ulong id) => new(id, Encoding.UTF8.GetBytes(Text(id)));

    /// <summary>The raw JSON of the message with that id.</summary>
    public static string Text(ulong id) => $"{{\"MsgId\":\"{id}\",\"Content\":\"你好 {id}\"}}";

    public static SyncBatch Batch(string next, params ulong[] ids) => new([.. ids.Select(Item)], new SyncCursor(next), false);

    /// <summary>Takes what there is, without taking it over: the messages' texts.</summary>
    public static List<string> GiveAll(this Inbox inbox) => [.. inbox.Given().Select(Raw)];

    /// <summary>Takes what there is and hands it over.</summary>
    public static List<string> TakeAll(this Inbox inbox)
    {
        var texts = new List<string>();
        while (inbox.TryTake(out InboxEntry entry))
        {
            texts.Add(entry.Raw());
            Xunit.Assert.True(inbox.HandedOver(entry.Sequence));
        }

        return texts;
    }

    public static IEnumerable<InboxEntry> Given(this Inbox inbox)
    {
        while (inbox.TryTake(out InboxEntry entry)) yield return entry;
    }

    public static string Raw(this InboxEntry entry) => Encoding.UTF8.GetString(entry.Raw.Span);

    public static List<string> Texts(params ulong[] ids) => [.. ids.Select(Text)];

    public static ulong[] Ids(int first, int count) => [.. Enumerable.Range(first, count).Select(i => (ulong)i)];
}
