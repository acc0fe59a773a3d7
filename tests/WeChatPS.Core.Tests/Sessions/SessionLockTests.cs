using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Sessions;

public sealed class SessionLockTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly SessionStore _store;

    public SessionLockTests() => _store = new SessionStore(_root.Path);

    public void Dispose() => _root.Dispose();

    private string PidPath => Path.Combine(_root.Path, "default", "session.pid");

    [Fact]
    public void A_session_can_be_opened_once_in_a_process()
    {
        using SessionFolder folder = _store.Open("default");

        WeChatException thrown = Assert.Throws<WeChatException>(() => _store.Open("default"));

        Assert.Equal(WeChatErrorReason.SessionInUse, thrown.Reason);
        Assert.Equal("default", thrown.Subject);
        Assert.Contains($"this process ({Environment.ProcessId})", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Disconnect-WeChat", thrown.Message, StringComparison.Ordinal);
        _store.Open("other").Dispose();
    }

    [Fact]
    public async Task A_session_that_another_process_holds_is_refused_with_its_id()
    {
        using SecondProcess other = await SecondProcess.Holding(_root.Path, "default");

        WeChatException thrown = Assert.Throws<WeChatException>(() => _store.Open("default"));

        Assert.Equal(WeChatErrorReason.SessionInUse, thrown.Reason);
        Assert.Contains($"process {other.Id}.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_holder_frees_the_session()
    {
        using (SecondProcess other = await SecondProcess.Holding(_root.Path, "default"))
            other.Kill();
        Assert.True(File.Exists(PidPath));

        using SessionFolder folder = _store.Open("default");

        Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), File.ReadAllText(PidPath));
        Assert.NotNull(folder.Load());
    }

    [Fact]
    public void Releasing_frees_the_session_and_keeps_the_lock_file()
    {
        _store.Open("default").Dispose();

        Assert.True(File.Exists(Path.Combine(_root.Path, "default", "session.lock")));
        Assert.False(File.Exists(PidPath));
        _store.Open("default").Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("4294967296")]
    [InlineData("12\u001b]0;owned\a")]
    [InlineData("99999999999999999999999999")]
    public void A_forged_process_id_is_not_shown(string text)
    {
        using SessionFolder folder = _store.Open("default");
        File.WriteAllText(PidPath, text);

        WeChatException thrown = Assert.Throws<WeChatException>(() => _store.Open("default"));

        Assert.Contains("in use by another process.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_process_id_leaves_the_lock_as_it_is()
    {
        using SessionFolder folder = _store.Open("default");
        File.Delete(PidPath);

        Assert.Equal(WeChatErrorReason.SessionInUse, Assert.Throws<WeChatException>(() => _store.Open("default")).Reason);
    }
}
