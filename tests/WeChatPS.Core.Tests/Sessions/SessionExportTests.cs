using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Security;
using System.Text;
using WeChatPS.Http;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Sessions;

public sealed class SessionExportTests
{
    [Fact]
    public void An_exported_session_comes_back_whole_with_its_cursor()
    {
        SavedSession original = Samples.Session() with { Cursor = "1_698325105|2_698325111", Endpoint = new Uri("http://127.0.0.1:5000/") };

        SavedSession back = SavedSession.FromSecureString(original.ToSecureString());

        Samples.AssertSame(original, back);
    }

    [Fact]
    public void An_exported_session_is_short_plain_text_for_a_secret_store()
    {
        using SecureString secure = Samples.Session().ToSecureString();

        Assert.InRange(secure.Length, 100, 4096);
        Assert.Matches("^[A-Za-z0-9+/=]+$", Text(secure));
        Assert.True(secure.IsReadOnly());
    }

    [Fact]
    public void A_session_too_large_for_a_secure_string_is_refused()
    {
        var random = new Random(1);
        SavedSession large = Samples.Session() with
        {
            Cookies = [.. Enumerable.Range(0, 20).Select(i =>
                new WireCookie($"c{i}", Convert.ToBase64String(Bytes(random, 8000)), "wx.qq.com", false, "/", null, true, false))],
        };

        WeChatException thrown = Assert.Throws<WeChatException>(() => large.ToSecureString());

        Assert.Equal(WeChatErrorReason.SessionTooLarge, thrown.Reason);
        Assert.Contains("65536", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_changed_or_missing_character_is_ever_believed()
    {
        string text = Text(Samples.Session().ToSecureString());
        for (int i = 0; i < text.Length; i++)
        {
            AssertDamagedOrSame(text[..i]);
            if (text[i] != '=')
                AssertDamagedOrSame(text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public void Any_other_text_is_refused_with_the_remedy(string text)
    {
        WeChatException thrown = Assert.Throws<WeChatException>(() => SavedSession.FromSecureString(Secure(text)));

        Assert.Equal(WeChatErrorReason.SessionDamaged, thrown.Reason);
        Assert.Contains("Export-WeChatSession", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_refused_before_it_unfolds() => AssertDamaged(Pack(new byte[40_000_000]));

    [Fact]
    public void A_session_of_a_newer_version_says_so()
    {
        string newer = Pack(Encoding.UTF8.GetBytes("{\"version\":2}"));

        Assert.Equal(
            WeChatErrorReason.SessionUnreadable, Assert.Throws<WeChatException>(() => SavedSession.FromSecureString(Secure(newer))).Reason);
    }

    [Fact]
    public void A_session_without_cookies_is_refused() => AssertDamaged(Text((Samples.Session() with { Cookies = [] }).ToSecureString()));

    private static string Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(bytes);
        return Convert.ToBase64String(packed.ToArray());
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static void AssertDamaged(string text) => Assert.Equal(
        WeChatErrorReason.SessionDamaged, Assert.Throws<WeChatException>(() => SavedSession.FromSecureString(Secure(text))).Reason);

    // the last bits of the compressed data carry nothing
    private static void AssertDamagedOrSame(string text)
    {
        try
        {
            Assert.Equal(Samples.Session().Credentials, SavedSession.FromSecureString(Secure(text)).Credentials);
        }
        catch (WeChatException e)
        {
            Assert.Equal(WeChatErrorReason.SessionDamaged, e.Reason);
        }
    }

    private static string Text(SecureString secure) => new NetworkCredential("", secure).Password;

    private static SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;
}
