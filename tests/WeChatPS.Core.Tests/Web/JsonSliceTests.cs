using System.Collections.Generic;
using System.Text;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class JsonSliceTests
{
    [Theory]
    [InlineData("""{"a":12}""", 12)]
    [InlineData("""{"a":"12"}""", 12)]
    [InlineData("""{"a": -12 }""", -12)]
    [InlineData("""{"a":" 12"}""", 12)]
    [InlineData("""{"a":12.9}""", 12)]
    [InlineData("""{"a":9223372036854775807}""", long.MaxValue)]
    [InlineData("""{"a":99999999999999999999}""", 0)]
    [InlineData("""{"a":null}""", 0)]
    [InlineData("""{"a":{}}""", 0)]
    [InlineData("""{"a":"x"}""", 0)]
    [InlineData("""{"b":1}""", 0)]
    public void Numbers_may_be_written_as_text(string json, long expected) =>
        Assert.Equal(expected, Root(json).Find("a"u8).AsInt64());

    [Theory]
    [InlineData("""{"a":"text"}""", "text")]
    [InlineData("""{"a":12}""", "12")]
    [InlineData("""{"a":null}""", "")]
    [InlineData("""{"a":[1]}""", "")]
    [InlineData("""{"b":1}""", "")]
    [InlineData("""{"a":"\"\\\/\b\f\n\r\t"}""", "\"\\/\b\f\n\r\t")]
    [InlineData("""{"a":"\ud83d\ude00\u2005"}""", "😀\u2005")]
    [InlineData("""{"a":"\ud83dx"}""", "\uFFFDx")]
    [InlineData("""{"a":"\u12"}""", "u12")]
    [InlineData("""{"a":"\q"}""", "q")]
    public void Text_is_decoded_whatever_its_escapes(string json, string expected) =>
        Assert.Equal(expected, Root(json).Find("a"u8).AsText());

    [Fact]
    public void A_number_beyond_the_precision_of_double_is_exact()
    {
        Assert.True(Root("""{"NewMsgId":9223372036854775807}""").Find("NewMsgId"u8).TryGetUInt64(out ulong id));
        Assert.Equal(9223372036854775807UL, id);
    }

    [Theory]
    [InlineData("""{"a":"18446744073709551615"}""", true)]
    [InlineData("""{"a":"18446744073709551616"}""", false)]
    [InlineData("""{"a":"-1"}""", false)]
    [InlineData("""{"a":"1x"}""", false)]
    [InlineData("""{"a":""}""", false)]
    public void An_unsigned_number_takes_up_the_whole_value(string json, bool expected) =>
        Assert.Equal(expected, Root(json).Find("a"u8).TryGetUInt64(out _));

    [Fact]
    public void Bytes_that_are_not_UTF8_become_replacement_characters()
    {
        byte[] json = [.. "{\"a\":\"x"u8, 0xFF, 0xC3, .. "y\"}"u8];
        Assert.Equal("x\uFFFD\uFFFDy", JsonSlice.Root(json).Find("a"u8).AsText());
    }

    [Fact]
    public void Raw_controls_inside_a_text_do_no_harm() =>
        Assert.Equal("line\nnext\0", Root("{\"a\":\"line\nnext\0\",\"b\":1}").Find("a"u8).AsText());

    [Fact]
    public void A_byte_order_mark_and_white_space_may_come_first() =>
        Assert.Equal(1, JsonSlice.Root([0xEF, 0xBB, 0xBF, .. "\r\n {\"a\":1}"u8]).Find("a"u8).AsInt64());

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("<html>")]
    public void What_is_no_object_is_empty(string text) => Assert.False(Root(text).IsObject);

    [Theory]
    [InlineData("""{"a":1,"b":[1,{"c":"]}"}]}""", true)]
    [InlineData("{}", true)]
    [InlineData("""{"a":1""", false)]
    [InlineData("""{"a":"1}""", false)]
    [InlineData("""{"a":[1}""", false)]
    [InlineData("""{"a" 1}""", false)]
    [InlineData("""{"a":}""", true)]
    [InlineData("""{a:1}""", false)]
    [InlineData("{", false)]
    public void A_walk_that_does_not_reach_the_end_says_so(string json, bool complete)
    {
        JsonProperties properties = Root(json).Properties;
        while (properties.MoveNext())
        {
        }
        Assert.Equal(complete, properties.IsComplete);
    }

    [Theory]
    [InlineData("[]", new string[0])]
    [InlineData("[ 1 ,\n{\"x\":\"]\"}\n,[2,3], null]", new[] { "1", "{\"x\":\"]\"}", "[2,3]", "null" })]
    [InlineData("[,,1,,]", new[] { "1" })]
    [InlineData("[1,:]", new[] { "1", ":" })]
    [InlineData("[1,}]", new[] { "1", "}" })]
    public void Items_are_found_and_nothing_between_them_is_lost(string array, string[] expected)
    {
        byte[] json = Encoding.UTF8.GetBytes("{\"a\":" + array + "}");
        // a bracket of the wrong kind ends the outer value early: look at the array itself
        var slice = new JsonSlice(json, 5, json.Length - 1);
        var found = new List<string>();
        foreach (JsonSlice item in slice.Items)
            found.Add(Encoding.UTF8.GetString(item.Bytes));
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Depth_costs_neither_stack_nor_memory()
    {
        byte[] json = Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 1_000_000) + new string(']', 1_000_000) + ",\"b\":7}");
        Assert.Equal(7, JsonSlice.Root(json).Find("b"u8).AsInt64());
    }

    private static JsonSlice Root(string json) => JsonSlice.Root(Encoding.UTF8.GetBytes(json));
}
