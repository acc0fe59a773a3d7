using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Tests;

/// <summary>Event subscriptions in a runspace that is idle, busy, stopped or closed, and what is left of them.</summary>
public sealed class EventTests : IDisposable
{
    private const string Count = "param($p) $null = Register-WeChatEvent Message -MessageData $p -Action { $Event.MessageData.Last++; $Event.MessageData.Gate.Set() }";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly EmulatorSession _session = new();
    private readonly StreamProbe _probe = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void An_idle_prompt_runs_the_action()
    {
        _session.Run(Count, _probe).AssertNoErrors();

        DeliverFromOutside(3);

        Until(() => _probe.Last == 3 && _session.Session.PendingCount == 0);
    }

    [Fact]
    public void A_busy_script_is_interrupted_between_its_statements()
    {
        _session.Run(Count, _probe).AssertNoErrors();
        using PowerShell shell = _session.Shell("param($p) while ($p.Last -lt 3) { }; $p.Last", _probe);
        IAsyncResult running = shell.BeginInvoke();

        DeliverFromOutside(3);

        Assert.Equal("3", Assert.Single(shell.EndInvoke(running)).ToString());
    }

    [Fact]
    public async Task A_closed_runspace_ends_its_subscriptions_and_what_it_did_not_get_to_stays()
    {
        using (HostedEngine other = HostedEngine.WithModule())
        {
            other.Run(
                """
                param($s, $p) $null = Register-WeChatEvent Message -Session $s -MessageData $p -Action {
                    $Event.MessageData.Gate.Set()
                    while (-not $Event.MessageData.Left.IsSet) { }
                }
                $null = Register-WeChatEvent StateChanged -Session $s -Action { }
                """,
                _session.Session, _probe).AssertNoErrors();
            Assert.Equal(2, EventSubscription.Count);
            _session.Deliver(2);
            Assert.True(_probe.Gate.Wait(s_patience));

            // the engine lets an action that it stopped run once more before the runspace is closed
            Task closing = Task.Run(other.Runspace.Close);
            Until(() => other.Runspace.RunspaceStateInfo.State != RunspaceState.Opened);
            _probe.Left.Set();
            await closing.WaitAsync(s_patience);
        }

        Until(() => EventSubscription.Count == 0);

        // the first one's action may have come to its end after all, and then it is taken
        Assert.Equal("2×1", _session.Waiting().Last());
    }

    [Fact]
    public void Removing_the_module_ends_the_runspaces_subscriptions_and_frees_the_session_of_somebody_else()
    {
        using HostedEngine other = HostedEngine.WithModule();
        other.Run("param($s) $null = Register-WeChatEvent Message -Session $s -Action { }; $null = Register-WeChatEvent Notice -Session $s", _session.Session).AssertNoErrors();
        Assert.Equal(2, EventSubscription.Count);

        other.Run("Remove-Module WeChatPS").AssertNoErrors();

        Assert.Empty(other.Run("$ExecutionContext.Events.Subscribers").AssertNoErrors().Output);
        Until(() => EventSubscription.Count == 0);
        Assert.Equal(SessionState.Online, _session.Session.State);
        _session.Deliver();
        Assert.Equal(["1×1"], _session.Waiting());
    }

    [Fact]
    public void The_session_is_free_for_the_next_receiver_when_the_subscription_is_ended()
    {
        for (int time = 0; time < 20; time++)
        {
            _session.Run(
                """
                $null = Register-WeChatEvent Message -Action { }
                $ExecutionContext.Events.Subscribers | ForEach-Object { $ExecutionContext.Events.UnsubscribeEvent($_) }
                Receive-WeChatMessage -NoWait
                """).AssertNoErrors();
        }

        Until(() => EventSubscription.Count == 0);
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, s_patience));

    private void DeliverFromOutside(int count)
    {
        using HostedEngine other = HostedEngine.WithModule();
        other.Run("param($n, $e) 1..$n | Send-WeChatEmulatorMessage -From 王五 -Endpoint $e", count, _session.Emulator.Endpoint).AssertNoErrors();
    }
}
