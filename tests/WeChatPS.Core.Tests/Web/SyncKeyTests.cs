using System.Linq;
using System.Text;
using WeChatPS.Sync;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class SyncKeyTests
{
    [Fact]
    public void The_query_form_joins_all_keys_with_bars() => Assert.Equal("1_636444437|2_636445051|1000_-1", Read(
        """{"Count":3,"List":[{"Key":1,"Val":636444437},{"Key":"2","Val":"636445051"},{"Key":1000,"Val":-1}]}""")!.ToQuery());

    [Theory]
    [InlineData("""{"Count":1,"List":[{"Key":1,"Val":2},{"Key":3,"Val":4}]}""")]
    [InlineData("""{"Count":9,"List":[{"Key":1,"Val":2},{"Key":3,"Val":4}]}""")]
    [InlineData("""{"List":[{"Key":1,"Val":2},null,7,{"Key":3,"Val":4}]}""")]
    public void The_list_counts_and_not_the_count(string json) => Assert.Equal("1_2|3_4", Read(json)!.ToQuery());

    [Theory]
    [InlineData("""{"Count":0,"List":[]}""")]
    [InlineData("""{"Count":4}""")]
    [InlineData("null")]
    [InlineData("[]")]
    public void An_empty_key_is_none(string json) => Assert.Null(Read(json));

    [Fact]
    public void A_key_of_thousands_of_pairs_is_garbage_on_the_wire_and_in_a_file()
    {
        Assert.NotNull(Read(Pairs(SyncKey.MaxPairs)));
        Assert.True(SyncKey.TryParse(Text(SyncKey.MaxPairs), out _));

        Assert.Null(Read(Pairs(10_000)));
        Assert.False(SyncKey.TryParse(Text(10_000), out _));

        static string Pairs(int count) => $"{{\"List\":[{string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"Key\":{i},\"Val\":{i}}}"))}]}}";
        static string Text(int count) => string.Join('|', Enumerable.Range(0, count).Select(i => $"{i}_{i}"));
    }

    [Fact]
    public void A_cursor_comes_back_from_its_text()
    {
        var cursor = new WebCursor(Key("1_2|3_4"), Key("1_2|201_1700000000"));
        Assert.True(WebCursor.TryRead(cursor.ToCursor(), out WebCursor read));
        Assert.Equal(cursor, read);
        Assert.Equal("1_2|201_1700000000", read.Poll.ToQuery());
    }

    [Fact]
    public void Polls_use_the_fetch_key_until_there_is_a_check_key()
    {
        Assert.True(WebCursor.TryRead(new WebCursor(Key("1_2"), null).ToCursor(), out WebCursor read));
        Assert.Null(read.Check);
        Assert.Equal("1_2", read.Poll.ToQuery());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1_2;")]
    [InlineData("1_2;3_4;5_6")]
    [InlineData("1_x")]
    [InlineData("1-2")]
    [InlineData("a longer text")]
    public void A_cursor_that_somebody_else_wrote_is_not_read(string? text) =>
        Assert.False(WebCursor.TryRead(new SyncCursor(text!), out _));

    private static SyncKey Key(string query) => SyncKey.TryParse(query, out SyncKey key) ? key : throw new System.ArgumentException(query);

    private static SyncKey? Read(string json) => SyncKey.Read(JsonSlice.Root(Encoding.UTF8.GetBytes($"{{\"k\":{json}}}")).Find("k"u8));
}
