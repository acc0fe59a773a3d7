using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class LongPollTests
{
    [Fact]
    public async Task An_idle_poll_is_held_for_the_whole_time_and_then_answers_zero()
    {
        EmulatorOptions options = Emulators.Fast;
        options.Hold = TimeSpan.FromMilliseconds(250);
        await using WeChatEmulator emulator = WeChatEmulator.Start(options);
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        var clock = Stopwatch.StartNew();

        Assert.Equal("window.synccheck={retcode:\"0\",selector:\"0\"}", await client.PollAsync());

        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(240), $"held for {clock.Elapsed}");
    }

    [Fact]
    public async Task Two_hundred_polls_are_held_at_once_and_all_of_them_wake()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        var clients = new List<WebClient>();
        for (int i = 0; i < 200; i++)
        {
            clients.Add(await WebClient.LogInAsync(emulator));
            await clients[^1].SyncAllAsync();
        }

        int before = ThreadPool.ThreadCount;
        Task<string>[] polls = [.. clients.Select(client => client.PollAsync())];
        await Emulators.UntilAsync(() => emulator.Counters.OpenPolls == 200, "all polls are held");
        Assert.True(ThreadPool.ThreadCount < before + 100, "a thread for every poll");
        emulator.Deliver("张三", "everybody up");

        Assert.All(await Task.WhenAll(polls), answer => Assert.Contains("selector:\"2\"", answer));
        Assert.Equal(0, emulator.Counters.OpenPolls);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_client_that_hangs_up_during_a_poll_is_noticed()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        using var hangUp = new CancellationTokenSource();
        Task<string> poll = client.PollAsync(cancel: hangUp.Token);
        await Emulators.UntilAsync(() => emulator.Counters.OpenPolls == 1, "the poll is held");

        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        await Emulators.UntilAsync(() => emulator.Counters.OpenPolls == 0, "the poll is given up");
        await Emulators.UntilAsync(() => emulator.Requests.Get("synccheck").Any(request => request.IsAbandoned), "the log says so");
    }

    [Fact]
    public async Task An_outage_cuts_polls_and_refuses_connections_and_the_session_survives_it()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        Uri endpoint = emulator.Endpoint;
        Task<string> poll = client.PollAsync();
        await Emulators.UntilAsync(() => emulator.Counters.OpenPolls == 1, "the poll is held");

        emulator.Pause();

        await Assert.ThrowsAsync<HttpRequestException>(() => poll);
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.PollAsync());
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(refused.InnerException).SocketErrorCode);
        string id = emulator.Deliver("张三", "during the outage");
        emulator.Resume();
        Assert.Equal(endpoint, emulator.Endpoint);
        Assert.Contains("selector:\"2\"", await client.PollAsync());
        Assert.Equal(id, Assert.Single(await client.MessagesAsync()).Text("MsgId"));
    }

    [Fact]
    public async Task What_arrives_before_the_login_waits_for_it()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        string id = emulator.Deliver("张三", "early");
        using WebClient client = await WebClient.LogInAsync(emulator);

        Assert.Contains("selector:\"2\"", await client.PollAsync());
        Assert.Equal(id, Assert.Single(await client.MessagesAsync()).Text("MsgId"));
    }

    [Fact]
    public async Task Disposing_ends_held_polls_and_a_second_time_does_nothing()
    {
        WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        Task<string> poll = client.PollAsync();
        await Emulators.UntilAsync(() => emulator.Counters.OpenPolls == 1, "the poll is held");

        await emulator.DisposeAsync();
        await emulator.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => poll);
        Assert.True(emulator.StopRequested.IsCompleted);
    }

    [Fact]
    public async Task Twenty_sessions_sync_at_the_same_time_without_mixing()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        WebClient[] clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => WebClient.LogInAsync(emulator)));
        for (int i = 0; i < 300; i++)
        {
            emulator.Deliver("张三", $"nr {i}");
        }

        var received = await Task.WhenAll(clients.Select(client => client.MessagesAsync()));

        for (int i = 0; i < clients.Length; i++)
        {
            Assert.Equal(Enumerable.Range(0, 300).Select(n => $"nr {n}"), received[i].Select(m => m.Text("Content")));
            Assert.All(received[i], message => Assert.Equal(clients[i].Self, message.Text("ToUserName")));
            clients[i].Dispose();
        }
    }
}
