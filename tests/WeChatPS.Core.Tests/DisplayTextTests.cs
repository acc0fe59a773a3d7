using System;
using System.Linq;
using Xunit;

namespace WeChatPS.Core.Tests;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("你好, wörld 😀 👨‍👩‍👧 ☀️", "你好, wörld 😀 👨‍👩‍👧 ☀️")]
    [InlineData("", "")]
    [InlineData("\u001b]0;owned\u0007", "␛]0;owned␇")]
    [InlineData("\u001b[2J\u001b[H", "␛[2J␛[H")]
    [InlineData("a\u009b31mb\u0080", "a<U+009B>31mb<U+0080>")]
    [InlineData("nul\0 tab\t del\u007f", "nul␀ tab␉ del␡")]
    [InlineData("one\ntwo\r\nthree\rfour\u2028five\u2029six\u0085seven", "one⏎two⏎three⏎four⏎five⏎six⏎seven")]
    [InlineData("\r\n\r\n\n", "⏎⏎⏎")]
    [InlineData("exe\u202Egnp.x\u2066y\u2069z\u200E\u200F\u061C", "exe<U+202E>gnp.x<U+2066>y<U+2069>z<U+200E><U+200F><U+061C>")]
    [InlineData("ze\u200Bro\uFEFF\u2060", "ze<U+200B>ro<U+FEFF><U+2060>")]
    [InlineData("a\u00ADb\u115Fc\u1160d\u2800e\u3164f\uFFA0g", "a<U+00AD>b<U+115F>c<U+1160>d<U+2800>e<U+3164>f<U+FFA0>g")]
    [InlineData("x\U000E0041\U000E0000\U000E007Fy\U000E0080😀", "x<U+E0041><U+E0000><U+E007F>y\U000E0080😀")]
    public void What_a_terminal_would_obey_becomes_visible(string text, string expected) =>
        Assert.Equal(expected, DisplayText.Visible(text));

    [Fact]
    public void Lone_surrogates_become_replacement_characters() =>
        Assert.Equal("a\uFFFDb\uFFFD😀", DisplayText.Visible("a\ud83db\ude00\ud83d\ude00"));

    [Fact]
    public void Null_is_empty() => Assert.Equal("", DisplayText.Visible(null));

    [Fact]
    public void Text_that_needs_nothing_is_the_same_object()
    {
        string text = new('x', 20);
        Assert.Same(text, DisplayText.Visible(text));
        Assert.Same(text, DisplayText.Visible(text, 20));
    }

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("abcdef", 1, "…")]
    [InlineData("ab😀cd", 4, "ab…")]
    [InlineData("ab😀cd", 5, "ab😀…")]
    [InlineData("a\nb\nc", 4, "a⏎b…")]
    [InlineData("\r\n", 1, "⏎")]
    [InlineData("\u202E", 8, "<U+202E>")]
    [InlineData("\u202E", 7, "<U+202…")]
    [InlineData("😀\U000E0041", 11, "😀<U+E0041>")]
    [InlineData("😀\U000E0041", 10, "😀<U+E004…")]
    public void What_is_too_long_is_cut_between_characters(string text, int length, string expected) =>
        Assert.Equal(expected, DisplayText.Visible(text, length));

    [Fact]
    public void A_length_below_one_is_a_mistake() => Assert.Throws<ArgumentOutOfRangeException>(() => DisplayText.Visible("x", 0));

    [Fact]
    public void No_control_of_any_kind_is_left()
    {
        string everything = string.Join(" ", Enumerable.Range(0, 0x10000).Select(unit => (char)unit));
        string shown = DisplayText.Visible(everything);
        Assert.DoesNotContain(shown, char.IsControl);
        Assert.DoesNotContain(shown, char.IsSurrogate);
        Assert.DoesNotContain(shown, c => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C');
    }
}
