using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;

namespace WeChatPS.Tests;

public sealed class TestWeChatSyncTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly HostedEngine _engine = HostedEngine.WithModule();
    private readonly string _name = "doctor-" + Guid.NewGuid().ToString("N");

    public TestWeChatSyncTests() => _engine.Run(
        """
        param($name)
        $emulator = Start-WeChatEmulator -HoldSec 60
        $server = @{ Endpoint = $emulator.Endpoint }
        $session = Connect-WeChat $name @server -Login Qr -QrCode None -Ephemeral
        """, _name).AssertNoErrors();

    public void Dispose()
    {
        _engine.Run("Disconnect-WeChat -Session $session -ErrorAction Ignore; Stop-WeChatEmulator @server").AssertNoErrors();
        _engine.Dispose();
    }

    [Fact]
    public void Findings_are_objects_one_a_check()
    {
        ScriptRun run = _engine.Run("Test-WeChatSync -Session $session -TimeoutSec 1").AssertNoErrors();

        Assert.Equal(
            ["Server", "Spelling", "Keys", "Hold", "Redirect", "Content", "Cookies", "Clock", "Connection", "State"],
            run.Output.Select(one => Assert.IsType<WeChatSyncFinding>(one.BaseObject).Check));
        Assert.All(run.Output, one => Assert.Equal(_name, ((WeChatSyncFinding)one.BaseObject).Session));
        Assert.All(run.Output, one => Assert.True(((WeChatSyncFinding)one.BaseObject).Level <= FindingLevel.Note, one.ToString()));
    }

    [Fact]
    public void A_finding_survives_being_exported()
    {
        PSObject finding = _engine.Run("Test-WeChatSync -Session $session -TimeoutSec 1").AssertNoErrors().Output[0];

        var read = (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(finding));

        Assert.Equal("Server", read.Properties["Check"].Value);
        Assert.Equal("Ok", read.Properties["Level"].Value.ToString());
        Assert.Contains("responds in", (string)read.Properties["Found"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_says_yes_or_no()
    {
        Assert.True(_engine.Run("Test-WeChatSync -Session $session -TimeoutSec 1 -Quiet").AssertNoErrors().Single<bool>());

        _engine.Run("Add-WeChatEmulatorFault synccheck Redirect @server").AssertNoErrors();

        Assert.False(_engine.Run("Test-WeChatSync -Session $session -TimeoutSec 10 -Quiet").AssertNoErrors().Single<bool>());
    }

    [Fact]
    public void Verbose_tells_what_Quiet_keeps_to_itself()
    {
        ScriptRun run = _engine.Run("Test-WeChatSync -Session $session -TimeoutSec 1 -Quiet -Verbose").AssertNoErrors();

        Assert.Contains(run.Verbose, line => line.StartsWith("Ok Spelling", StringComparison.Ordinal));
    }

    [Fact]
    public void Sessions_come_by_pipeline_and_by_name()
    {
        Assert.Equal(10, _engine.Run("param($name) Get-WeChatSession $name | Test-WeChatSync -TimeoutSec 1", _name).AssertNoErrors().Output.Length);
        Assert.Equal(10, _engine.Run("param($name) Test-WeChatSync -Session $name 1", _name).AssertNoErrors().Output.Length);
        Assert.Equal(["WeChat.SessionNotFound"], _engine.Run("Test-WeChatSync -Session nobody").ErrorIds);
    }

    [Fact]
    public void An_ended_session_is_one_problem()
    {
        ScriptRun run = _engine.Run("Disconnect-WeChat -Session $session; Test-WeChatSync -Session $session; Test-WeChatSync -Session $session -Quiet").AssertNoErrors();

        Assert.Equal(2, run.Output.Length);
        var finding = Assert.IsType<WeChatSyncFinding>(run.Output[0].BaseObject);
        Assert.Equal(("State", FindingLevel.Problem, "Run Connect-WeChat."), (finding.Check, finding.Level, finding.Advice));
        Assert.Equal(false, run.Output[1].BaseObject);
    }

    [Fact]
    public void Ctrl_C_ends_it_in_the_middle_of_a_poll()
    {
        _engine.Run("Receive-WeChatMessage -Session $session -NoWait | Out-Null").AssertNoErrors();
        using PowerShell shell = _engine.Shell("Test-WeChatSync -Session $session -TimeoutSec 300");
        using var output = new PSDataCollection<PSObject>();
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        Assert.True(SpinWait.SpinUntil(() => output.Count == 3, s_patience));

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Empty(shell.Streams.Error);
    }
}
