using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Sessions that are closed in the middle of everything.</summary>
public sealed class ClosingTests
{
    [Fact]
    public async Task Whatever_goes_on_when_a_session_is_closed_ends_in_the_clients_own_words()
    {
        await using LiveServer server = LiveServer.Start();
        for (int round = 0; round < 40; round++)
        {
            WeChatSession session = await server.ConnectAsync();
            WeChatContact friend = session.Contacts.Resolve("张三").Contact!, group = session.Contacts.Resolve("运维群").Contact!;
            MessageStream stream = session.OpenStream(Streams.Texts);
            List<Task> all =
            [
                ReceiveAsync(stream),
                RepeatAsync(() => session.WaitSyncAsync(null, default)),
                RepeatAsync(() => session.SendAsync(friend, MessageBody.Text("hi"), new SendOptions(), default)),
                RepeatAsync(() => session.SendAsync(group, MessageBody.Text("hi"), new SendOptions(), default)),
                RepeatAsync(() => session.GetMembersAsync(group, refresh: true, default)),
                RepeatAsync(() => session.GetContactsAsync(refresh: true, default)),
                Task.Run(() =>
                {
                    for (int i = 0; i < 20; i++) server.Emulator.Deliver("赵六", "hi", "周末爬山");
                }),
            ];

            // as far into it as chance will have it
            int sent = Random.Shared.Next(1, 12);
            await Eventually.UntilAsync(() => session.SentCount >= sent || all.Exists(task => task.IsFaulted), "it is under way");
            if (round % 2 == 0) session.Dispose();
            else await session.DisconnectAsync(logout: true, default);

            await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(round % 2 == 0 ? SessionState.Disconnected : SessionState.LoggedOut, session.State);
            Assert.Equal(round % 2 == 0, System.IO.File.Exists(server.SessionFile));
        }

        await Eventually.UntilAsync(() => server.Emulator.Counters.OpenPolls == 0, "no poll is left");
    }

    private static async Task ReceiveAsync(MessageStream stream)
    {
        WeChatException end = await Assert.ThrowsAsync<WeChatException>(async () =>
        {
            while (true) await stream.TakeAsync();
        });
        AssertIsAnEnd(end);
    }

    private static async Task RepeatAsync<T>(Func<Task<T>> work)
    {
        WeChatException end = await Assert.ThrowsAsync<WeChatException>(async () =>
        {
            while (true) await work();
        });
        AssertIsAnEnd(end);
    }

    private static void AssertIsAnEnd(WeChatException end) =>
        Assert.Contains(end.Reason, new[] { WeChatErrorReason.NotConnected, WeChatErrorReason.LoggedOut, WeChatErrorReason.SessionExpired });
}
