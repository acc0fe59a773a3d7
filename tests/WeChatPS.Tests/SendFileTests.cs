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
    public void After_Ctrl_C_in_an_upload_the_file_is_uploaded_from_its_beginning_and_sent_once()
    {
        File.WriteAllBytes(_file, new byte[4 * Piece]);
        AddFaults("Add-WeChatEmulatorFault webwxuploadmedia Delay -Count 2; Add-WeChatEmulatorFault webwxuploadmedia Hang");
        using (PowerShell shell = _session.Shell("param($path) Send-WeChatFile 王五 $path", _file))
        {
            IAsyncResult running = shell.BeginInvoke();
            Assert.True(SpinWait.SpinUntil(() => Asked("webwxuploadmedia").Length == 3 || running.IsCompleted, s_patience));
            shell.Stop();
            Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        }

        AddFaults("Remove-WeChatEmulatorFault");
        _session.Run("param($path) Send-WeChatFile 王五 $path", _file).AssertNoErrors().Single<WeChatReceipt>();

        Assert.Equal(7, Asked("webwxuploadmedia").Length);
        Assert.Single(Asked("webwxsendappmsg"));
    }

    [Fact]
    public void Content_that_changes_while_it_goes_up_is_not_sent()
    {
        ScriptRun run = _session.Run("param($stream) Send-WeChatFile 王五 -Content $stream -Name a.bin", new ChangingStream(new byte[3 * Piece]));

        Assert.Equal(["WeChat.FileUnavailable"], run.ErrorIds);
        Assert.Contains("changed", run.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Asked("webwxuploadmedia").Length);
        Assert.Empty(Asked("webwxsendappmsg"));
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

    private void AddFaults(string script) =>
        _session.Run($"param($endpoint) $PSDefaultParameterValues['*:Endpoint'] = $endpoint; {script}; $PSDefaultParameterValues.Clear()", _session.Emulator.Endpoint).AssertNoErrors();

    private string[] Asked(string name)
    {
        using HostedEngine other = HostedEngine.WithModule();
        return other.Run("param($name, $endpoint) Get-WeChatEmulatorRequest $name -Endpoint $endpoint", name, _session.Emulator.Endpoint).AssertNoErrors().Texts;
    }

    /// <summary>Gives another last byte from the third reading on: the first is a look at its beginning, the second finds its digest.</summary>
    private sealed class ChangingStream(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly byte[] _bytes = bytes;
        private int _readings;

        public override long Position
        {
            get => base.Position;
            set
            {
                if (value == 0 && ++_readings == 3) _bytes[^1]++;
                base.Position = value;
            }
        }
    }
}
