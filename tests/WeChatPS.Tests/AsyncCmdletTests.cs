using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Tests;

[Cmdlet(VerbsDiagnostic.Test, "Await", SupportsShouldProcess = true)]
internal sealed class TestAwaitCommand : AsyncCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public int Value { get; set; }

    protected override async Task ProcessAsync(CancellationToken stop)
    {
        int before = Environment.CurrentManagedThreadId;
        await Task.Run(() => { }, stop);
        WriteVerbose($"verbose {Value}");
        WriteWarning($"warning {Value}\u001b[31m");
        Show($"shown {Value}");
        if (ShouldProcess($"target {Value}", "Count"))
            WriteObject(Value);
        await Task.Yield();
        WriteObject(before == Environment.CurrentManagedThreadId);
    }
}

[Cmdlet(VerbsDiagnostic.Test, "Deaf")]
internal sealed class TestDeafCommand : AsyncCmdlet
{
    [Parameter(Mandatory = true)]
    public TaskCompletionSource Release { get; set; } = null!;

    [Parameter(Mandatory = true)]
    public StreamProbe Probe { get; set; } = null!;

    protected override async Task ProcessAsync(CancellationToken stop)
    {
        try
        {
            Probe.Last = 1;
            await Release.Task;
            Show("nobody listens any more");
        }
        finally
        {
            Probe.Left.Set();
        }
    }
}

[Cmdlet(VerbsDiagnostic.Test, "Failure")]
internal sealed class TestFailureCommand : AsyncCmdlet
{
    [Parameter]
    public SwitchParameter NonTerminating { get; set; }

    [Parameter(Mandatory = true)]
    public WeChatErrorReason Reason { get; set; }

    protected override async Task EndAsync(CancellationToken stop)
    {
        await Task.Yield();
        var failure = new WeChatException(Reason, "It went \u001b]0;wrong\u0007\nhere.") { Subject = "the subject" };
        if (!NonTerminating)
            throw failure;
        WriteError(failure);
        WriteObject("went on");
    }
}

[Cmdlet(VerbsDiagnostic.Test, "Blocking")]
internal sealed class TestBlockingCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    // the classic deadlock: blocks on an await that wants to come back to the context it started in
    protected override void ProcessRecord() => WriteObject(WaitAsync().GetAwaiter().GetResult());

    private static async Task<string> WaitAsync()
    {
        await Task.Run(() => { });
        return "done";
    }
}

public sealed class AsyncCmdletTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly HostedEngine _engine = HostedEngine.WithCmdlets(
        typeof(TestAwaitCommand), typeof(TestStreamCommand), typeof(TestDeafCommand), typeof(TestFailureCommand), typeof(TestBlockingCommand), typeof(SelectFirstCommand));

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Every_await_resumes_on_the_pipeline_thread_and_every_stream_works_there()
    {
        ScriptRun run = _engine.Run("1, 2 | Test-Await -Verbose").AssertNoErrors();

        Assert.Equal(["1", "True", "2", "True"], run.Texts);
        Assert.Equal(["verbose 1", "verbose 2"], run.Verbose.Where(line => line.StartsWith("verbose", StringComparison.Ordinal)));
        Assert.Equal(2, run.Warnings.Length);
        Assert.DoesNotContain('\u001b', run.Warnings[0]);
        Assert.Equal(["shown 1", "shown 2"], run.Information.Select(record => record.ToString()));
        Assert.All(run.Information, record => Assert.Contains("PSHOST", record.Tags));
    }

    [Fact]
    public void WhatIf_is_honoured_after_an_await() =>
        Assert.Equal(["True"], _engine.Run("5 | Test-Await -WhatIf").AssertNoErrors().Texts);

    [Fact]
    public void Select_First_leaves_the_body_and_disposes_the_cmdlet()
    {
        var probe = new StreamProbe();

        ScriptRun run = _engine.Run("param($p) Test-Stream -Probe $p | Select-First 3", probe);

        Assert.Equal(["1", "2", "3"], run.AssertNoErrors().Texts);
        Assert.True(probe.WasEnough);
        Assert.True(probe.Left.IsSet);
        Assert.True(probe.Disposed.IsSet);
    }

    [Fact]
    public void Stop_ends_a_stream_without_an_error()
    {
        var probe = new StreamProbe();
        using PowerShell shell = _engine.Shell("param($p) Test-Stream -Probe $p | ForEach-Object { }", probe);
        IAsyncResult running = shell.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => probe.Last > 10, s_patience));

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Empty(shell.Streams.Error);
        Assert.True(probe.Left.Wait(s_patience));
        Assert.True(probe.Disposed.Wait(s_patience));
    }

    [Fact]
    public void A_body_deaf_to_its_token_is_left_behind_and_still_releases_what_it_holds()
    {
        var probe = new StreamProbe();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using PowerShell shell = _engine.Shell("param($r, $p) Test-Deaf -Release $r -Probe $p", release, probe);
        IAsyncResult running = shell.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => probe.Last == 1, s_patience));

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.False(probe.Left.IsSet);
        release.SetResult();
        Assert.True(probe.Left.Wait(s_patience));
    }

    [Fact]
    public void A_failure_ends_the_pipeline_with_its_id_category_target_and_remedy()
    {
        ScriptRun run = _engine.Run("Test-Failure -Reason NotConnected");

        ErrorRecord error = Assert.Single(run.Errors);
        Assert.Equal("WeChat.NotConnected", run.ErrorIds[0]);
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.Equal("the subject", error.TargetObject);
        Assert.Contains("Connect-WeChat", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(error.ToString(), character => char.IsControl(character));
    }

    [Fact]
    public void A_failure_of_one_input_lets_the_pipeline_go_on()
    {
        ScriptRun run = _engine.Run("Test-Failure -Reason ContactNotFound -NonTerminating -ErrorAction Continue");

        Assert.Equal(["WeChat.ContactNotFound"], run.ErrorIds);
        Assert.Equal(["went on"], run.Texts);
    }

    [Fact]
    public void Every_reason_has_a_category_and_a_remedy()
    {
        foreach (WeChatErrorReason reason in Enum.GetValues<WeChatErrorReason>())
        {
            ErrorRecord record = Errors.Record(new WeChatException(reason, "x"));

            Assert.NotEqual(ErrorCategory.NotSpecified, record.CategoryInfo.Category);
            Assert.False(string.IsNullOrWhiteSpace(record.ErrorDetails.RecommendedAction));
            Assert.Equal("WeChat." + reason, record.FullyQualifiedErrorId);
        }
    }

    [Fact]
    public void Code_downstream_that_blocks_on_an_await_does_not_deadlock() =>
        Assert.Equal(["done", "done"], _engine.Run("1 | Test-Await | Test-Blocking").AssertNoErrors().Texts);

    [Fact]
    public void Async_cmdlets_nest() =>
        Assert.Equal(9, _engine.Run("1, 2, 3 | Test-Await | Where-Object { $_ -is [int] } | Test-Await | ForEach-Object { $_; if ($_ -is [int]) { $_ } }")
            .AssertNoErrors().Output.Length);
}
