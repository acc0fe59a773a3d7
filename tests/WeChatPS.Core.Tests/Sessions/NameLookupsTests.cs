using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Core.Tests.Live;
using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Sessions;

public sealed class NameLookupsTests : IDisposable
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(300);

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly List<string> _asked = [];
    private readonly List<string> _told = [];
    private readonly NameLookups _names;
    private Func<IReadOnlyCollection<string>, Task> _server = _ => Task.CompletedTask;
    private bool _mayAsk = true;

    public NameLookupsTests() => _names = new NameLookups(AskAsync, () => _mayAsk, _time, () => 0, Tell, _closing.Token);

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    [Fact]
    public async Task Names_that_come_at_once_are_there_for_their_message()
    {
        Assert.True(await LookUpAsync("@1"));
        Assert.True(await LookUpAsync("@2"));
        Assert.Equal(["@1", "@2"], Asked);
    }

    [Fact]
    public async Task Names_that_are_wanted_while_others_are_asked_for_go_together()
    {
        var answer = new TaskCompletionSource();
        _server = _ => answer.Task;
        Task<bool> first = LookUpAsync("@1");
        await Eventually.UntilAsync(() => Asked.Length == 1, "the first is asked for");
        Task[] others = [LookUpAsync("@2"), LookUpAsync("@3"), LookUpAsync("@2")];
        answer.SetResult();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(["@1", "@2 @3"], Asked);
    }

    [Fact]
    public async Task A_burst_waits_a_moment_in_all()
    {
        _server = _ => new TaskCompletionSource().Task;
        Task<bool> first = LookUpAsync("@1");
        await Eventually.UntilAsync(() => Asked.Length == 1, "it is asked for");
        _time.Advance(s_moment / 2);
        Task<bool> second = LookUpAsync("@2");
        Assert.False(first.IsCompleted || second.IsCompleted);

        _time.Advance(s_moment / 2);

        await Task.WhenAll(first, second);
        for (int i = 3; i < 50; i++) Assert.False(await LookUpAsync($"@{i}"));
        Assert.Single(Asked);
    }

    [Fact]
    public async Task After_a_failure_nothing_is_asked_for_a_growing_time_and_then_all_at_once()
    {
        _server = _ => throw new WeChatException(WeChatErrorReason.Unreachable, "no answer");
        await LookUpAsync("@1");
        foreach (int seconds in new[] { 30, 60, 120 })
        {
            int asked = Asked.Length;
            _time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.False(await LookUpAsync($"@{seconds}"));
            _names.GoOn();
            Assert.Equal(asked, Asked.Length);
            _time.Advance(TimeSpan.FromSeconds(1));
            _names.GoOn();
            await Eventually.UntilAsync(() => Asked.Length == asked + 1 && _told.Count == asked + 1, "it is asked for again");
        }

        Assert.Equal(["@1", "@1 @30", "@1 @30 @60", "@1 @30 @60 @120"], Asked);
        Assert.All(_told, text => Assert.Equal("no answer", text));
    }

    [Fact]
    public async Task A_request_that_hangs_is_given_up()
    {
        _server = _ => new TaskCompletionSource().Task;
        Task<bool> first = LookUpAsync("@1");
        await Eventually.UntilAsync(() => Asked.Length == 1, "it is asked for");

        _time.Advance(TimeSpan.FromSeconds(5));

        await first;
        await Eventually.UntilAsync(() => _told.Count == 1, "it is told");
        Assert.Contains("in time", _told[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bad_name_is_found_and_asked_for_no_more()
    {
        _server = names => names.Contains("@bad") ? throw new WeChatException(WeChatErrorReason.Refused, "no") : Task.CompletedTask;
        _mayAsk = false;
        foreach (string name in new[] { "@1", "@2", "@bad", "@3" }) await LookUpAsync(name);
        Assert.Empty(Asked);

        _mayAsk = true;
        await Eventually.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMinutes(31));
                _names.GoOn();
                return Asked.Contains("@3");
            },
            "the last name is asked for");
        Assert.Equal(["@1 @2 @bad @3", "@1 @2", "@bad @3", "@bad", "@3"], Asked);
    }

    [Fact]
    public async Task A_closed_session_asks_for_nothing()
    {
        _closing.Cancel();
        Assert.False(await LookUpAsync("@1"));
        Assert.Empty(Asked);
    }

    private string[] Asked
    {
        get
        {
            lock (_asked) return [.. _asked];
        }
    }

    private Task<bool> LookUpAsync(string name) => _names.LookUpAsync(name, CancellationToken.None).AsTask();

    private async Task AskAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        lock (_asked) _asked.Add(string.Join(' ', names));
        await _server(names).WaitAsync(cancellationToken);
    }

    private void Tell(string text)
    {
        lock (_told) _told.Add(text);
    }
}
