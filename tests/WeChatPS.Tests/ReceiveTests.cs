using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;

namespace WeChatPS.Tests;

/// <summary>When a message has left the inbox, and when it comes again.</summary>
public sealed class ReceiveTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly EmulatorSession _session = new(typeof(SelectFirstCommand), typeof(TestFailureCommand));
    private readonly StreamProbe _probe = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void What_the_pipeline_took_does_not_come_again()
    {
        _session.Deliver(3);

        Assert.Equal(["1×1", "2×1", "3×1"], _session.Waiting());
        Assert.Empty(_session.Waiting());
    }

    [Theory]
    [InlineData("Receive-WeChatMessage | Select-First 2")]
    [InlineData("Receive-WeChatMessage -MaxCount 2")]
    [InlineData("Receive-WeChatMessage | ForEach-Object { $_ } | Select-First 2")]
    public void A_pipeline_that_has_enough_took_what_it_was_given(string script)
    {
        _session.Deliver(3);

        Assert.Equal(["1", "2"], Texts(_session.Run(script).AssertNoErrors()));
        Assert.Equal(["3×1"], _session.Waiting());
    }

    [Theory]
    [InlineData("Receive-WeChatMessage | ForEach-Object { throw 'no' }")]
    [InlineData("Receive-WeChatMessage | ForEach-Object { Test-Failure -Reason Refused -NonTerminating -ErrorAction Stop }")]
    [InlineData("$ErrorActionPreference = 'Stop'; Receive-WeChatMessage | ForEach-Object { Test-Failure -Reason Refused }")]
    [InlineData("Receive-WeChatMessage | ForEach-Object { exit 3 }")]
    [InlineData("foreach ($once in 1) { Receive-WeChatMessage | ForEach-Object { break } }")]
    [InlineData("Receive-WeChatMessage | Select-First | ForEach-Object { throw 'no' }")]
    [InlineData("Receive-WeChatMessage -NoAck | Select-First")]
    public void A_message_that_was_not_dealt_with_comes_first_next_time(string script)
    {
        _session.Deliver(2);

        _session.Run(script);

        Assert.Equal(["1×2", "2×1"], _session.Waiting());
    }

    [Fact]
    public void A_handler_whose_errors_do_not_stop_has_taken_its_message()
    {
        _session.Deliver(2);

        ScriptRun run = _session.Run("Receive-WeChatMessage -NoWait | ForEach-Object { Test-Failure -Reason Refused -NonTerminating -ErrorAction Continue }");

        Assert.Equal(["WeChat.Refused", "WeChat.Refused"], run.ErrorIds);
        Assert.Empty(_session.Waiting());
    }

    [Fact]
    public void Ctrl_C_in_a_handler_leaves_its_message()
    {
        _session.Deliver(2);
        using PowerShell shell = _session.Shell("param($p) Receive-WeChatMessage | ForEach-Object { if ($_.Text -eq '2') { $p.Gate.Set(); while ($true) { } } }", _probe);
        IAsyncResult running = shell.BeginInvoke();
        Assert.True(_probe.Gate.Wait(s_patience));

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Empty(shell.Streams.Error);
        Assert.Equal(["2×2"], _session.Waiting());
    }

    [Fact]
    public void Ctrl_C_while_it_waits_is_no_error_and_frees_the_session()
    {
        using PowerShell shell = _session.Shell("Receive-WeChatMessage");
        IAsyncResult running = shell.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => _session.Session.PollCount > 0, s_patience));

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Empty(shell.Streams.Error);
        _session.Deliver();
        Assert.Equal(["1×1"], _session.Waiting());
    }

    [Fact]
    public void A_closed_runspace_leaves_its_message_and_frees_the_session()
    {
        _session.Deliver(2);
        using (HostedEngine other = HostedEngine.WithModule())
        {
            using PowerShell shell = other.Shell(
                "param($s, $p) Receive-WeChatMessage -Session $s | ForEach-Object { $p.Gate.Set(); while ($true) { } }", _session.Session, _probe);
            shell.BeginInvoke();
            Assert.True(_probe.Gate.Wait(s_patience));
            other.Runspace.Close();
        }

        Assert.Equal(["1×2", "2×1"], _session.Waiting());
    }

    [Fact]
    public void A_stream_brings_what_arrives_while_it_waits()
    {
        using PowerShell shell = _session.Shell("(Receive-WeChatMessage -MaxCount 1).Text");
        IAsyncResult running = shell.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => _session.Session.PollCount > 0, s_patience));

        using (HostedEngine other = HostedEngine.WithModule())
            other.Run("param($e) Send-WeChatEmulatorMessage 'late' -From 王五 -Endpoint $e", _session.Emulator.Endpoint).AssertNoErrors();

        Assert.Equal("late", Assert.Single(shell.EndInvoke(running)).ToString());
    }

    private static string[] Texts(ScriptRun run) => [.. run.Output.Select(one => ((WeChatMessage)one.BaseObject).Text)];
}
