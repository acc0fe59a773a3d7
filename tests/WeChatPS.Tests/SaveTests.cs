using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;

namespace WeChatPS.Tests;

/// <summary>What a person sees of a download, and what remains of one that was stopped.</summary>
public sealed class SaveTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly EmulatorSession _session = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("wechatps-save-").FullName;

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_slow_download_shows_progress_and_Ctrl_C_leaves_no_half_file()
    {
        using PowerShell shell = Saving("SlowDrip");
        IAsyncResult running = shell.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => shell.Streams.Progress.Count > 1 || running.IsCompleted, s_patience));
        Assert.Equal([".part"], Directory.GetFiles(_folder).Select(Path.GetExtension));

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        ProgressRecord record = shell.Streams.Progress[1];
        Assert.StartsWith("Saving ", record.Activity, StringComparison.Ordinal);
        Assert.InRange(record.PercentComplete, 1, 100);
        Assert.Matches(@"^[\d.]+ of [\d.]+ MB$", record.StatusDescription);
        Assert.True(SpinWait.SpinUntil(() => Directory.GetFileSystemEntries(_folder).Length == 0, s_patience));
        Assert.Equal(SessionState.Online, _session.Session.State);
    }

    [Fact]
    public void Ctrl_C_while_the_server_is_silent_leaves_no_half_file()
    {
        using PowerShell shell = Saving("Hang");
        IAsyncResult running = shell.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles(_folder).Length == 1 || running.IsCompleted, s_patience));

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.True(SpinWait.SpinUntil(() => Directory.GetFileSystemEntries(_folder).Length == 0, s_patience));
    }

    private PowerShell Saving(string fault)
    {
        _session.Run(
            "param($fault, $endpoint) Send-WeChatEmulatorMessage -From 王五 -Kind Image -Endpoint $endpoint; Add-WeChatEmulatorFault webwxgetmsgimg $fault -Endpoint $endpoint",
            fault, _session.Emulator.Endpoint).AssertNoErrors();
        return _session.Shell("param($folder) $m = Receive-WeChatMessage -NoWait; $m | Save-WeChatMedia $folder", _folder);
    }
}
