using System;
using System.IO;
using System.Linq;
using System.Text;
using WeChatPS.Media;
using Xunit;

namespace WeChatPS.Core.Tests.Media;

public sealed class SafeFileNameTests
{
    [Theory]
    [InlineData("周报 (final).txt", "周报 (final).txt")]
    [InlineData("👨‍👩‍👧🇨🇳.png", "👨‍👩‍👧🇨🇳.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\Windows\\win.ini", "win.ini")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("C:evil.exe", "C_evil.exe")]
    [InlineData("a.txt:stream", "a.txt_stream")]
    [InlineData("a.txt. . .", "a.txt")]
    [InlineData(" a.txt ", "a.txt")]
    [InlineData(".bashrc", "_.bashrc")]
    [InlineData("a\u0000b\u001b[2Jc\nd.txt", "a_b_[2Jc_d.txt")]
    [InlineData("photo\u202egpj.exe", "photo_gpj.exe")]
    [InlineData("a<b>c|d?e*f\"g.txt", "a_b_c_d_e_f_g.txt")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.txt", "_nul.txt")]
    [InlineData("Com1 .tar.gz", "_Com1 .tar.gz")]
    [InlineData("lpt\u00b9.x", "_lpt\u00b9.x")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("", "File-1")]
    [InlineData("..", "File-1")]
    [InlineData("a/", "File-1")]
    [InlineData("???", "File-1")]
    public void A_hostile_name_becomes_a_harmless_one(string name, string expected) => Assert.Equal(expected, SafeFileName.From(name, "File-1"));

    [Fact]
    public void Half_a_character_is_none() => Assert.Equal("a_.txt", SafeFileName.From("a" + '\ud83d' + ".txt", "x"));

    [Theory]
    [InlineData("汉")]
    [InlineData("x")]
    [InlineData("😀")]
    public void A_long_name_is_cut_between_characters_and_keeps_its_extension(string letter)
    {
        string safe = SafeFileName.From(string.Concat(Enumerable.Repeat(letter, 1000)) + ".docx", "x");

        Assert.InRange(Encoding.UTF8.GetByteCount(safe), 190, 200);
        Assert.EndsWith(letter + ".docx", safe, StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_that_is_too_long_is_none() =>
        Assert.Equal(200, SafeFileName.From("a." + new string('b', 1000), "x").Length);

    [Theory]
    [InlineData("a.txt", "a (2).txt")]
    [InlineData("a.tar.gz", "a.tar (2).gz")]
    [InlineData("a", "a (2)")]
    public void A_number_goes_before_the_extension(string name, string expected) => Assert.Equal(expected, SafeFileName.Numbered(name, 2));

    [Fact]
    public void Whatever_comes_can_be_created()
    {
        var random = new Random(7);
        string folder = Directory.CreateTempSubdirectory("wechatps-names-").FullName;
        try
        {
            for (int i = 0; i < 300; i++)
            {
                string name = string.Concat(Enumerable.Range(0, random.Next(0, 400)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 128 : 0x10000)));
                string path = Path.Combine(folder, SafeFileName.From(name, "x"));
                File.WriteAllText(path, "");
                Assert.Equal(folder, Path.GetDirectoryName(Path.GetFullPath(path)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
