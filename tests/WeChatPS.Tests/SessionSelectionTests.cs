using System;
using System.Management.Automation;

namespace WeChatPS.Tests;

/// <summary>Which session a cmdlet means: the named one, this runspace's current one, or the only one there is.</summary>
public sealed class SessionSelectionTests
{
    [Fact]
    public void Each_runspace_has_its_own_current_session()
    {
        using EmulatorSession one = new();
        using EmulatorSession two = new();

        Assert.Equal([one.Name], one.Run("(Send-WeChatMessage filehelper x).Session").AssertNoErrors().Texts);
        Assert.Equal([two.Name], two.Run("(Send-WeChatMessage filehelper x).Session").AssertNoErrors().Texts);
        Assert.Equal([two.Name], one.Run("param($s) (Send-WeChatMessage filehelper x -Session $s).Session", two.Name).AssertNoErrors().Texts);
        Assert.Equal([two.Name], one.Run("param($s) (Send-WeChatMessage filehelper x -Session $s).Session", two.Session).AssertNoErrors().Texts);
    }

    [Fact]
    public void A_runspace_without_one_uses_the_only_one_and_asks_where_there_are_several()
    {
        using EmulatorSession one = new();
        using HostedEngine other = HostedEngine.WithModule();
        Assert.Equal([one.Name], other.Run("(Send-WeChatMessage filehelper x).Session").AssertNoErrors().Texts);

        using EmulatorSession two = new();
        ScriptRun run = other.Run("Send-WeChatMessage filehelper x");

        ErrorRecord error = Assert.Single(run.Errors);
        Assert.Equal("WeChat.AmbiguousSession", run.ErrorIds[0]);
        Assert.Contains("-Session", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(one.Name, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(two.Name, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_goes_out_where_the_question_came_in()
    {
        using EmulatorSession one = new();
        using EmulatorSession two = new();
        one.Deliver();
        PSObject question = Assert.Single(one.Run("Receive-WeChatMessage -NoWait").AssertNoErrors().Output);

        Assert.Equal([one.Name], two.Run("param($m) ($m | Send-WeChatMessage -Text x).Session", question).AssertNoErrors().Texts);
    }

    [Fact]
    public void Removing_the_module_releases_the_runspaces_own_sessions_alone()
    {
        using EmulatorSession one = new();
        using EmulatorSession two = new();

        one.Run("Remove-Module WeChatPS").AssertNoErrors();

        Assert.Equal(SessionState.Disconnected, one.Session.State);
        Assert.Equal(SessionState.Online, two.Session.State);
    }
}
