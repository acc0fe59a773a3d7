using Xunit;

namespace WeChatPS.Core.Tests.Messages;

public sealed class MentionTests
{
    private static readonly WeChatGroupMember s_bob = new("@b") { NickName = "Bob", DisplayName = "Bob (ops)", RemarkName = "the slow one" };
    private static readonly WeChatGroupMember s_amy = new("@a") { NickName = "Amy 😀" };

    [Theory]
    [InlineData("hi", "@Bob (ops)\u2005@Amy 😀\u2005hi")]
    [InlineData("@Bob hi", "@Amy 😀\u2005@Bob hi")]
    [InlineData("hi @Amy 😀\u2005and @Bob (ops)", "hi @Amy 😀\u2005and @Bob (ops)")]
    [InlineData("@Bobby", "@Bob (ops)\u2005@Amy 😀\u2005@Bobby")]
    public void Who_is_not_called_in_the_text_is_called_before_it_by_a_name_that_all_can_see(string text, string called) =>
        Assert.Equal(called, Mention.Add(text, [s_bob, s_amy]));

    [Theory]
    [InlineData("hi", "@所有人\u2005hi")]
    [InlineData("@所有人 hi", "@所有人 hi")]
    public void Everybody_is_called_once(string text, string called) => Assert.Equal(called, Mention.AddAll(text));

    [Fact]
    public void A_remark_is_nobody_elses_business() =>
        Assert.Equal("hi", Mention.Add("hi", [new WeChatGroupMember("@c") { RemarkName = "the slow one" }]));
}
