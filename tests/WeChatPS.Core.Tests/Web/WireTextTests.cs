using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class WireTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a<br/>b", "a\nb")]
    [InlineData("&lt;b&gt; &amp; &quot;&#39;&apos;&#x41;&#65;&nbsp;", "<b> & \"''AA\u00A0")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("&amp;amp;", "&amp;")]
    [InlineData("&unknown; & &; &#; &#x; &#xD800; &#1114112; &#0;", "&unknown; & &; &#; &#x; &#xD800; &#1114112; &#0;")]
    [InlineData("a < b > c", "a < b > c")]
    public void Breaks_and_entities_are_decoded_once(string wire, string expected) => Assert.Equal(expected, WireText.Decode(wire));

    [Theory]
    [InlineData("1f604", "😄")]
    [InlineData("263a", "☺")]
    [InlineData("2600fe0f", "☀️")]
    [InlineData("003120e3", "1⃣")]
    [InlineData("1f1e81f1f3", "🇨🇳")]
    [InlineData("0031fe0f20e3", "1️⃣")]
    [InlineData("1f639", "😂")]
    [InlineData("1f64d", "😔")]
    public void Emoji_markup_becomes_emoji(string code, string expected) =>
        Assert.Equal($"a{expected}b", WireText.Decode($"a<span class=\"emoji emoji{code}\"></span>b"));

    [Theory]
    [InlineData("<span class=\"emoji emoji\"></span>")]
    [InlineData("<span class=\"emoji emojizzzz\"></span>")]
    [InlineData("<span class=\"emoji emojid83d\"></span>")]
    [InlineData("<span class=\"emoji emoji1f6\"></span>")]
    [InlineData("<span class=\"emoji emoji1f604\">")]
    [InlineData("<span class=\"emoji emoji1f604")]
    [InlineData("<span class=\"emoji emoji1f6041f6041f6041f604\"></span>")]
    public void What_is_no_known_emoji_stays(string markup) => Assert.Equal(markup, WireText.Decode(markup));

    [Fact]
    public void Markup_that_somebody_typed_is_text() => Assert.Equal(
        "<span class=\"emoji emoji1f604\"></span><br/>",
        WireText.Decode("&lt;span class=\"emoji emoji1f604\"&gt;&lt;/span&gt;&lt;br/&gt;"));

    [Fact]
    public void Lone_surrogates_are_replaced()
    {
        // not as theory data: attributes cannot hold a lone surrogate
        Assert.Equal("ok 😀", WireText.WellFormed("ok 😀"));
        Assert.Equal("\uFFFD", WireText.WellFormed("\ud83d"));
        Assert.Equal("x\uFFFDy", WireText.WellFormed("x\ude00y"));
        Assert.Equal("\uFFFD😀", WireText.WellFormed("\ud83d\ud83d\ude00"));
    }
}
