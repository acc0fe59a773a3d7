using System;
using System.IO;
using System.Linq;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Sessions;

public sealed class SessionStoreTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly SessionStore _store;

    public SessionStoreTests() => _store = new SessionStore(_root["store"]);

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("default")]
    [InlineData("a")]
    [InlineData("工作-2.work_x")]
    [InlineData("console")]
    [InlineData("COM")]
    [InlineData("com10x")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void A_name_that_can_be_a_folder_is_accepted(string name) => SessionStore.ValidateName(name);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("trailing.")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a\n")]
    [InlineData("CON")]
    [InlineData("nul.txt")]
    [InlineData("com1")]
    [InlineData("LPT9.")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void A_name_that_cannot_be_a_folder_everywhere_is_refused(string name)
    {
        WeChatException thrown = Assert.Throws<WeChatException>(() => _store.Open(name));

        Assert.Equal(WeChatErrorReason.InvalidSessionName, thrown.Reason);
        Assert.Equal(name, thrown.Subject);
        Assert.False(Directory.Exists(_root["store"]));
    }

    [Fact]
    public void A_store_that_does_not_exist_yet_lists_nothing() => Assert.Empty(_store.List());

    [Fact]
    public void What_is_saved_is_listed_by_name_even_while_it_is_in_use()
    {
        using SessionFolder busy = Save("work");
        Save("Home").Dispose();
        _store.Open("never-saved").Dispose();

        SavedSessionInfo[] listed = [.. _store.List()];

        Assert.Equal(["Home", "work"], listed.Select(info => info.Name));
        SavedSessionInfo work = listed[1];
        Assert.Equal(("张三 😀", "wx2.qq.com", WeChatLoginMode.Desktop), (work.User, work.Endpoint, work.Mode));
        Assert.Equal((Samples.Login, Samples.Login.AddMinutes(1)), (work.Created, work.Saved));
        Assert.Null(work.Problem);
    }

    [Fact]
    public void A_session_of_an_own_endpoint_is_listed_with_it()
    {
        using (SessionFolder folder = _store.Open("emulator"))
            folder.Save(Samples.Session("emulator") with { Endpoint = new Uri("http://127.0.0.1:5000"), ApiAuthority = null });

        Assert.Equal("127.0.0.1:5000", Assert.Single(_store.List()).Endpoint);
    }

    [Fact]
    public void A_damaged_session_is_listed_with_its_problem_and_left_alone()
    {
        Save("work").Dispose();
        string file = Path.Combine(_root["store"], "work", "session.json");
        File.WriteAllText(file, "{");

        Assert.StartsWith("damaged", Assert.Single(_store.List()).Problem, StringComparison.Ordinal);
        Assert.Equal("{", File.ReadAllText(file));
    }

    [Fact]
    public void Deleting_leaves_nothing_but_the_lock_file()
    {
        using (SessionFolder folder = Save("work"))
        {
            File.WriteAllText(folder.InboxPath, "texts");
            File.WriteAllText(folder.QrPath, "png");
            Directory.CreateDirectory(Path.Combine(folder.Path, "media", "deep"));
        }

        _store.Delete("work");

        Assert.Equal("session.lock", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_root["store"], "work")))));
        Assert.Empty(_store.List());
        Assert.Equal(WeChatErrorReason.SessionNotFound, Assert.Throws<WeChatException>(() => _store.Delete("work")).Reason);
    }

    [Fact]
    public void A_session_in_use_cannot_be_deleted()
    {
        using SessionFolder folder = Save("work");

        Assert.Equal(WeChatErrorReason.SessionInUse, Assert.Throws<WeChatException>(() => _store.Delete("work")).Reason);
        Assert.NotNull(folder.Load());
    }

    [Fact]
    public void The_default_root_is_in_the_users_data_directory() =>
        Assert.EndsWith(Path.Combine("WeChatPS", "sessions"), SessionStore.DefaultRoot, StringComparison.Ordinal);

    private SessionFolder Save(string name)
    {
        SessionFolder folder = _store.Open(name);
        folder.Save(Samples.Session(name));
        return folder;
    }
}
