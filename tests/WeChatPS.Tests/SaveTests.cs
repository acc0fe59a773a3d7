using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

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
        _session.Run("param($endpoint) Remove-WeChatEmulatorFault -Endpoint $endpoint", _session.Emulator.Endpoint).AssertNoErrors();
        FileInfo file = _session.Run("param($folder) $m | Save-WeChatMedia $folder -PassThru", _folder).AssertNoErrors().Single<FileInfo>();
        Assert.Equal([file.FullName], Directory.GetFileSystemEntries(_folder));
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

    [Fact]
    public void Two_saves_at_once_into_one_folder_do_not_collide()
    {
        string content = Path.Combine(_folder, "content"), saved = Path.Combine(_folder, "saved");
        byte[] bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(content, bytes);
        object[] messages = Received("Send-WeChatEmulatorMessage -From 王五 -Kind File -Path $content -FileName a.bin -Count 2 -Endpoint $endpoint", content);
        using var gate = new Barrier(2);

        ScriptRun[] runs = AtOnce(messages, (engine, message) =>
        {
            gate.SignalAndWait();
            return engine.Run("param($message, $folder, $session) $message | Save-WeChatMedia $folder -PassThru -Session $session", message, saved, _session.Session);
        });

        Assert.All(runs, run => run.AssertNoErrors());
        Assert.Equal(["a (2).bin", "a.bin"], Directory.GetFileSystemEntries(saved).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(saved), file => Assert.Equal(bytes, File.ReadAllBytes(file)));
    }

    [Fact]
    public void What_is_cut_each_time_leaves_no_file_whatever_it_is()
    {
        string saved = Path.Combine(_folder, "saved");
        object[] messages = Received(
            "foreach ($name in 'msgimg', 'voice', 'video', 'media') { $null = Add-WeChatEmulatorFault \"webwxget$name\" Truncate -Endpoint $endpoint }; "
            + "foreach ($kind in 'Image', 'Voice', 'Video', 'File') { Send-WeChatEmulatorMessage -From 王五 -Kind $kind -Endpoint $endpoint }");

        // beside each other: each waits between its tries
        ScriptRun[] runs = AtOnce(messages, (engine, message) =>
            engine.Run("param($message, $folder, $session) $message | Save-WeChatMedia $folder -PassThru -Session $session", message, saved, _session.Session));

        Assert.Equal(4, runs.Length);
        Assert.All(runs, run => Assert.Equal(["WeChat.Unreachable"], run.ErrorIds));
        Assert.All(runs, run => Assert.Empty(run.Output));
        Assert.Empty(Directory.GetFileSystemEntries(saved));
    }

    private object[] Received(string send, string content = "")
    {
        _session.Run($"param($endpoint, $content) {send}", _session.Emulator.Endpoint, content).AssertNoErrors();
        return [.. _session.Run("Receive-WeChatMessage -NoWait").AssertNoErrors().Output];
    }

    private static ScriptRun[] AtOnce(object[] messages, Func<HostedEngine, object, ScriptRun> run) => Task.WhenAll(messages.Select(message => Task.Factory.StartNew(
        () =>
        {
            using HostedEngine engine = HostedEngine.WithModule();
            return run(engine, message);
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).GetAwaiter().GetResult();

    private PowerShell Saving(string fault)
    {
        _session.Run(
            "param($fault, $endpoint) Send-WeChatEmulatorMessage -From 王五 -Kind Image -Endpoint $endpoint; Add-WeChatEmulatorFault webwxgetmsgimg $fault -Endpoint $endpoint",
            fault, _session.Emulator.Endpoint).AssertNoErrors();
        return _session.Shell("param($folder) $m = Receive-WeChatMessage -NoWait; $m | Save-WeChatMedia $folder", _folder);
    }
}
