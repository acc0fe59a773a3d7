using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;

namespace WeChatPS.Tests;

/// <summary>What a person sees of an upload, and what comes of one that was stopped.</summary>
public sealed class SendFileTests : IDisposable
{
    private const int Piece = 512 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly EmulatorSession _session = new();
    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        _session.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public void An_upload_shows_progress_and_Ctrl_C_in_its_midst_sends_nothing()
    {
        File.WriteAllBytes(_file, new byte[4 * Piece]);
        _session.Run(
            "param($endpoint) Add-WeChatEmulatorFault webwxuploadmedia Delay -Count 1 -Endpoint $endpoint; Add-WeChatEmulatorFault webwxuploadmedia Hang -Endpoint $endpoint",
            _session.Emulator.Endpoint).AssertNoErrors();
        using PowerShell shell = _session.Shell("param($path) Send-WeChatFile 王五 $path", _file);
        IAsyncResult running = shell.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => shell.Streams.Progress.Any(record => record.PercentComplete == 25) || running.IsCompleted, s_patience));

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Contains(Path.GetFileName(_file), shell.Streams.Progress[0].StatusDescription + shell.Streams.Progress[0].Activity, StringComparison.Ordinal);
        Assert.Empty(_session.Run("param($endpoint) Get-WeChatEmulatorRequest webwxsendappmsg -Endpoint $endpoint", _session.Emulator.Endpoint).AssertNoErrors().Output);
        Assert.Equal(SessionState.Online, _session.Session.State);
    }
}
