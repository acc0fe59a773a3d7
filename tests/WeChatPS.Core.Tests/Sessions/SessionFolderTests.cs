using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Http;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Sessions;

public sealed class SessionFolderTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly SessionStore _store;

    public SessionFolderTests() =>
        _store = new SessionStore(_root["store"], new FakeTimeProvider(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero)));

    public void Dispose() => _root.Dispose();

    private string FilePath => Path.Combine(_root["store"], "default", "session.json");

    [Fact]
    public void Nothing_saved_loads_as_nothing()
    {
        using SessionFolder folder = _store.Open("default");

        Assert.Null(folder.Load());
    }

    [Fact]
    public void Saving_and_loading_again_and_again_keeps_every_attribute()
    {
        SavedSession original = Samples.Session();
        Save(original);
        byte[] first = File.ReadAllBytes(FilePath);

        SavedSession once = Load()!;
        Save(once);
        SavedSession twice = Load()!;

        Samples.AssertSame(original, once);
        Samples.AssertSame(original, twice);
        if (!OperatingSystem.IsWindows()) // DPAPI never seals twice alike
            Assert.Equal(first, File.ReadAllBytes(FilePath));
    }

    [Theory]
    [InlineData("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxsync", "wxuin=2717804130; wxsid=8uHg+z/Kqb8TWqSy; webwx_data_ticket=SQejnxGF")]
    [InlineData("https://file.wx2.qq.com/cgi-bin/mmwebwx-bin/webwxuploadmedia", "wxuin=2717804130; wxsid=8uHg+z/Kqb8TWqSy; webwx_data_ticket=SQejnxGF")]
    [InlineData("https://webpush.wx2.qq.com/cgi-bin/mmwebwx-bin/synccheck", "wxuin=2717804130; wxsid=8uHg+z/Kqb8TWqSy; webwx_data_ticket=SQejnxGF")]
    public void The_real_hosts_get_their_cookies_after_a_second_reload(string uri, string expected)
    {
        Save(Samples.Session());
        SavedSession once = Load()!;
        Save(once with { Cookies = Samples.Jar(once).All });

        CookieJar jar = Samples.Jar(Load()!);

        Assert.EndsWith(expected, jar.HeaderFor(new Uri(uri), Samples.Login), StringComparison.Ordinal);
        Assert.Equal("SQejnxGF", jar.Find("webwx_data_ticket"));
    }

    [Fact]
    public void The_cursor_stays_out_of_the_file()
    {
        Save(Samples.Session() with { Cursor = "1_2|3_4" });

        Assert.Null(Load()!.Cursor);
    }

    [Fact]
    public void A_session_without_credentials_or_cookies_never_replaces_a_good_one()
    {
        SavedSession good = Samples.Session();
        Assert.True(Save(good));

        Assert.False(Save(good with { Cookies = [] }));
        Assert.False(Save(good with { Credentials = good.Credentials with { Skey = "" } }));
        Assert.False(Save(good with { Credentials = good.Credentials with { Sid = "" } }));
        Assert.False(Save(good with { Credentials = good.Credentials with { Uin = 0 } }));

        Samples.AssertSame(good, Load()!);
    }

    [Fact]
    public void Secrets_that_the_system_cannot_encrypt_are_a_save_that_failed()
    {
        Save(Samples.Session());
        byte[] before = File.ReadAllBytes(FilePath);
        using SessionFolder folder = _store.Open("default");
        folder.Load();

        WeChatException error = Assert.Throws<WeChatException>(() => folder.Save(Samples.Session() with { Cookies = new Unencryptable() }));

        Assert.Equal(WeChatErrorReason.FileUnavailable, error.Reason);
        Assert.Contains("no key", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void A_torn_file_is_set_aside_and_reported_once()
    {
        Save(Samples.Session());
        byte[] torn = File.ReadAllBytes(FilePath)[..^20];
        File.WriteAllBytes(FilePath, torn);
        using SessionFolder folder = _store.Open("default");

        WeChatException thrown = Assert.Throws<WeChatException>(folder.Load);

        string aside = FilePath + ".damaged-20300102T030405Z";
        Assert.Equal(WeChatErrorReason.SessionDamaged, thrown.Reason);
        Assert.Contains(aside, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(aside, thrown.Subject);
        Assert.Equal(torn, File.ReadAllBytes(aside));
        Assert.Null(folder.Load());
    }

    [Fact]
    public void Damage_that_goes_unread_is_set_aside_before_saving()
    {
        File.WriteAllText(Prepare(), "damaged");
        using SessionFolder folder = _store.Open("default");

        folder.Save(Samples.Session());

        Assert.Equal("damaged", File.ReadAllText(FilePath + ".damaged-20300102T030405Z"));
        Samples.AssertSame(Samples.Session(), folder.Load()!);
    }

    [Fact]
    public void A_second_damaged_file_does_not_replace_the_first()
    {
        Prepare();
        using SessionFolder folder = _store.Open("default");
        foreach (string content in new[] { "one", "two" })
        {
            File.WriteAllText(FilePath, content);
            Assert.Throws<WeChatException>(folder.Load);
        }

        Assert.Equal("one", File.ReadAllText(FilePath + ".damaged-20300102T030405Z"));
        Assert.Equal("two", File.ReadAllText(FilePath + ".damaged-20300102T030405Z-2"));
    }

    [Fact]
    public void No_flipped_bit_and_no_cut_is_ever_believed()
    {
        byte[] file = SessionFile.Write(Samples.Session());
        for (int i = 0; i < file.Length; i++)
        {
            AssertNotBelieved(file[..i]);
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] flipped = [.. file];
                flipped[i] ^= (byte)(1 << bit);
                AssertNotBelieved(flipped);
            }
        }

        AssertNotBelieved([.. file, (byte)'x']);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"version\":1,\"checksum\":null,\"session\":{}}")]
    [InlineData("{\"version\":\"1\",\"checksum\":\"\",\"session\":{}}")]
    [InlineData("{\"version\":1e99,\"checksum\":\"\",\"session\":{}}")]
    public void Any_other_content_is_damage(string content)
    {
        File.WriteAllText(Prepare(), content);

        Assert.Equal(WeChatErrorReason.SessionDamaged, Assert.Throws<WeChatException>(Load).Reason);
        Assert.Null(Load());
    }

    [Fact]
    public void A_file_of_a_newer_version_is_neither_read_nor_touched()
    {
        const string Newer = "{\"version\":2,\"whatever\":[1,{}]}";
        File.WriteAllText(Prepare(), Newer);

        WeChatException loading = Assert.Throws<WeChatException>(Load);
        WeChatException saving = Assert.Throws<WeChatException>(() => Save(Samples.Session()));

        Assert.Equal(WeChatErrorReason.SessionUnreadable, loading.Reason);
        Assert.Contains("newer version", loading.Message, StringComparison.Ordinal);
        Assert.Equal(WeChatErrorReason.SessionUnreadable, saving.Reason);
        Assert.Equal(Newer, File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_file_sealed_for_somebody_else_stays_where_it_is()
    {
        string foreign = Encoding.UTF8.GetString(SessionEnvelope.Wrap(Encoding.UTF8.GetBytes(
            "{\"name\":\"default\",\"seal\":\"dpapi\",\"secrets\":\"AQAAANCMnd8BFdERjHoAwE/Cl+s=\"}")));
        File.WriteAllText(Prepare(), foreign);

        WeChatException loading = Assert.Throws<WeChatException>(Load);
        WeChatException saving = Assert.Throws<WeChatException>(() => Save(Samples.Session()));

        Assert.Equal((WeChatErrorReason.SessionUnreadable, WeChatErrorReason.SessionUnreadable), (loading.Reason, saving.Reason));
        Assert.Equal(foreign, File.ReadAllText(FilePath));
        Assert.Null(Assert.Single(_store.List()).Problem);
    }

    [Fact]
    public void Stray_temporary_files_are_cleaned_on_opening()
    {
        string stray = Prepare() + ".0123.tmp";
        File.WriteAllText(stray, "half a ses");

        _store.Open("default").Dispose();

        Assert.False(File.Exists(stray));
    }

    [Fact]
    public async Task A_process_killed_while_it_saves_leaves_a_whole_session()
    {
        for (int kill = 0; kill < 4; kill++)
        {
            using (SecondProcess saving = await SecondProcess.Saving(_root["store"], "default"))
            {
                await saving.SavesAsync(20 + kill);
                saving.Kill();
            }

            using SessionFolder folder = _store.Open("default");
            SavedSession session = folder.Load()!;
            Samples.AssertSame(Samples.Session() with { SelfNickName = session.SelfNickName }, session);
            Assert.Equal(["session.json", "session.lock", "session.pid"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        }
    }

    [Fact]
    public void A_file_that_cannot_be_replaced_is_reported_and_a_later_save_succeeds()
    {
        using SessionFolder folder = _store.Open("default");
        folder.Save(Samples.Session());
        File.Delete(FilePath);
        Directory.CreateDirectory(Path.Combine(FilePath, "in the way"));

        WeChatException thrown = Assert.Throws<WeChatException>(() => folder.Save(Samples.Session()));

        Assert.Equal(WeChatErrorReason.FileUnavailable, thrown.Reason);
        Assert.Contains(FilePath, thrown.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
        Directory.Delete(FilePath, recursive: true);
        folder.Save(Samples.Session());
        Samples.AssertSame(Samples.Session(), folder.Load()!);
    }

    [Fact]
    public void A_store_path_that_is_a_file_is_reported()
    {
        File.WriteAllText(_root["store"], "");

        Assert.Equal(WeChatErrorReason.FileUnavailable, Assert.Throws<WeChatException>(() => _store.Open("default")).Reason);
    }

    [Fact]
    public void Deleting_the_session_ends_what_was_saved()
    {
        using SessionFolder folder = _store.Open("default");
        folder.Save(Samples.Session());
        File.WriteAllText(folder.DeadLetterPath, "text");

        folder.DeleteSession();

        Assert.Null(folder.Load());
        Assert.False(File.Exists(folder.DeadLetterPath));
    }

    [Fact]
    public void A_session_shows_no_secrets_as_text() => Assert.Equal("default (张三 😀)", Samples.Session().ToString());

    private static void AssertNotBelieved(byte[] file)
    {
        Exception thrown = Assert.ThrowsAny<Exception>(() => SessionFile.Read(file));
        Assert.True(thrown is InvalidDataException or WeChatException { Reason: WeChatErrorReason.SessionUnreadable }, thrown.ToString());
    }

    /// <summary>Makes the session's folder without a session.</summary>
    private string Prepare()
    {
        _store.Open("default").Dispose();
        return FilePath;
    }

    private bool Save(SavedSession session)
    {
        using SessionFolder folder = _store.Open("default");
        return folder.Save(session);
    }

    private SavedSession? Load()
    {
        using SessionFolder folder = _store.Open("default");
        return folder.Load();
    }

    /// <summary>Stands for secrets at which DPAPI fails, which is nowhere but on Windows.</summary>
    private sealed class Unencryptable : IReadOnlyList<WireCookie>
    {
        public int Count => 1;

        public WireCookie this[int index] => throw new CryptographicException("no key");

        public IEnumerator<WireCookie> GetEnumerator() => throw new CryptographicException("no key");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
