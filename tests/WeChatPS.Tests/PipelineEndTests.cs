using System;
using System.Management.Automation;

namespace WeChatPS.Tests;

/// <summary>Only Select-Object -First means that the last object was taken; every other end must not look like it.</summary>
public sealed class PipelineEndTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly HostedEngine _engine = HostedEngine.WithCmdlets(typeof(TestStreamCommand), typeof(SelectFirstCommand), typeof(TestFailureCommand));
    private readonly StreamProbe _probe = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("Test-Stream -Probe $p | Select-First")]
    [InlineData("Test-Stream -Probe $p | ForEach-Object { $_ } | Select-First 2")]
    [InlineData("Test-Stream -Probe $p | Where-Object { $_ -gt 2 } | Select-First | ForEach-Object { $_ }")]
    [InlineData("function f { process { $_ } } Test-Stream -Probe $p | f | Select-First")]
    public void A_downstream_that_has_enough_took_the_object(string script)
    {
        _engine.Run("param($p) " + script, _probe).AssertNoErrors();

        Assert.True(_probe.WasEnough);
    }

    [Theory]
    [InlineData("Test-Stream -Probe $p | ForEach-Object { throw 'no' }")]
    [InlineData("try { Test-Stream -Probe $p | ForEach-Object { throw 'no' } } catch { }")]
    [InlineData("Test-Stream -Probe $p | ForEach-Object { Test-Failure -Reason Refused -NonTerminating -ErrorAction Stop }")]
    [InlineData("$ErrorActionPreference = 'Stop'; Test-Stream -Probe $p | ForEach-Object { Test-Failure -Reason Refused -NonTerminating }")]
    [InlineData("Test-Stream -Probe $p | ForEach-Object { exit 3 }")]
    [InlineData("Test-Stream -Probe $p | Select-First | ForEach-Object { throw 'no' }")]
    [InlineData("Test-Stream -Probe $p | ForEach-Object { throw 'no' } | Select-First")]
    public void A_downstream_that_failed_or_left_did_not(string script)
    {
        _engine.Run("param($p) " + script, _probe);

        Assert.Equal(1, _probe.Last);
        Assert.NotEqual(true, _probe.WasEnough);
        Assert.True(_probe.Left.IsSet);
    }

    [Theory]
    [InlineData("foreach ($once in 1) { Test-Stream -Probe $p | ForEach-Object { break } }")]
    [InlineData(":outer foreach ($once in 1) { Test-Stream -Probe $p | ForEach-Object { continue outer } }")]
    [InlineData("function f { Test-Stream -Probe $p | & { process { throw 'no' } } } try { f } catch { }")]
    public void Leaving_a_loop_from_a_handler_is_not_having_enough(string script)
    {
        _engine.Run("param($p) " + script, _probe);

        Assert.Equal(1, _probe.Last);
        Assert.NotEqual(true, _probe.WasEnough);
        Assert.True(_probe.Left.IsSet);
    }

    [Fact]
    public void A_nested_pipeline_that_has_enough_does_not_end_the_outer_one()
    {
        _engine.Run("param($p) Test-Stream -Probe $p | ForEach-Object { 1, 2, 3 | Select-First; if ($_ -eq 3) { throw 'no' } }", _probe);

        Assert.Equal(3, _probe.Last);
        Assert.NotEqual(true, _probe.WasEnough);
    }

    [Fact]
    public void Ctrl_C_in_a_handler_is_not_having_enough()
    {
        using PowerShell shell = _engine.Shell("param($p) Test-Stream -Probe $p | ForEach-Object { $p.Gate.Set(); while ($true) { } }", _probe);
        IAsyncResult running = shell.BeginInvoke();
        Assert.True(_probe.Gate.Wait(s_patience));

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.True(_probe.Left.Wait(s_patience));
        Assert.False(_probe.WasEnough);
    }

    [Fact]
    public void Closing_the_runspace_is_not_having_enough()
    {
        using PowerShell shell = _engine.Shell("param($p) Test-Stream -Probe $p | ForEach-Object { $p.Gate.Set(); while ($true) { } }", _probe);
        shell.BeginInvoke();
        Assert.True(_probe.Gate.Wait(s_patience));

        _engine.Runspace.Close();

        Assert.True(_probe.Left.Wait(s_patience));
        Assert.False(_probe.WasEnough);
    }
}
