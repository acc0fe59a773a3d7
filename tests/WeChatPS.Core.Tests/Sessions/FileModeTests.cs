using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Threading;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Sessions;

[UnsupportedOSPlatform("windows")]
public sealed class FileModeTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly SessionStore _store;

    public FileModeTests() => _store = new SessionStore(_root["store"]);

    public void Dispose() => _root.Dispose();

    private string FilePath => Path.Combine(_root["store"], "default", "session.json");

    [UnixFact]
    public void A_read_only_folder_is_reported_and_keeps_the_old_session()
    {
        using SessionFolder folder = _store.Open("default");
        folder.Save(Samples.Session());
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        WeChatException? thrown = null;

        WithoutPrivileges(() => thrown = Assert.Throws<WeChatException>(() => folder.Save(Samples.Session() with { SelfNickName = "other" })));

        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(WeChatErrorReason.FileUnavailable, thrown!.Reason);
        Samples.AssertSame(Samples.Session(), folder.Load()!);
    }

    [UnixFact]
    public void A_file_that_may_not_be_read_is_unreadable_and_stays()
    {
        using SessionFolder folder = _store.Open("default");
        folder.Save(Samples.Session());
        File.SetUnixFileMode(FilePath, UnixFileMode.None);
        WeChatException? thrown = null;

        WithoutPrivileges(() => thrown = Assert.Throws<WeChatException>(folder.Load));

        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead);
        Assert.Equal(WeChatErrorReason.SessionUnreadable, thrown!.Reason);
        Samples.AssertSame(Samples.Session(), folder.Load()!);
    }

    [UnixFact]
    public void Only_the_owner_can_read_what_is_created()
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using SessionFolder folder = _store.Open("default");
        folder.Save(Samples.Session());

        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_root["store"]));
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
        Assert.All(Directory.GetFiles(folder.Path), file => Assert.Equal(Owner, File.GetUnixFileMode(file)));
    }

    [UnixFact]
    public void A_folder_that_stood_open_is_closed_to_others()
    {
        string path = Path.GetDirectoryName(FilePath)!;
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);

        _store.Open("default").Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    /// <summary>Runs on a thread that is nobody for the file system, where the tests run as root and modes would not count.</summary>
    private static void WithoutPrivileges(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
                _ = SetFileSystemUser(65534);
            try
            {
                action();
            }
            catch (Exception e)
            {
                thrown = e;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    private static extern int SetFileSystemUser(uint user);
}
