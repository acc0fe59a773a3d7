using System;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Threading.Tasks;

namespace WeChatPS.Reference;

/// <summary>What the scripts do with the module, done with HttpClient and nothing else.</summary>
internal static class Loops
{
    public static async Task LogInAsync(Uri endpoint, string store)
    {
        using HttpClient http = Session.Http(endpoint);
        (await Login.NewAsync(http).ConfigureAwait(false)).Save(store);
    }

    public static async Task DrainAsync(Uri endpoint, string store, int count)
    {
        using Session session = Session.Load(endpoint, store);
        long started = Stopwatch.GetTimestamp();
        for (int received = 0; received < count;)
            received += (await session.FetchAsync().ConfigureAwait(false)).Messages;
        Report.Write(Stopwatch.GetElapsedTime(started));
    }

    public static async Task WakeAsync(Uri endpoint, string store, int count)
    {
        using Session session = Session.Load(endpoint, store);
        await session.FetchAsync().ConfigureAwait(false);
        var wakes = new double[count];
        for (int received = 0; received < count;)
        {
            if (!await session.PollAsync().ConfigureAwait(false)) continue;
            (byte[] reply, int messages) = await session.FetchAsync().ConfigureAwait(false);
            long now = Stopwatch.GetTimestamp();
            int from = 0;
            for (int i = 0; i < messages; i++)
            {
                from = After(reply, from, "\"MsgId\": "u8); // a message has a second Content further down
                from = After(reply, from, "\"Content\": \""u8);
                int length = reply.AsSpan(from).IndexOf((byte)'"');
                wakes[received++] = Stopwatch.GetElapsedTime(long.Parse(reply.AsSpan(from, length), CultureInfo.InvariantCulture), now).TotalMilliseconds;
            }
        }

        Report.Write(wakes);
    }

    public static async Task SendAsync(Uri endpoint, string store, int count)
    {
        using Session session = Session.Load(endpoint, store);
        long started = Stopwatch.GetTimestamp();
        for (int i = 1; i <= count; i++)
            await session.SendTextAsync($"{i}", string.Create(CultureInfo.InvariantCulture, $"{started}{i:0000000}")).ConfigureAwait(false);
        Report.Write(Stopwatch.GetElapsedTime(started));
    }

    public static async Task ContactsAsync(Uri endpoint, string store, int count)
    {
        using Session session = Session.Load(endpoint, store);
        long started = Stopwatch.GetTimestamp();
        int received = 0;
        for (int page = 0, more = 1; more != 0; page = more)
        {
            (int contacts, more) = await session.ContactsAsync(page).ConfigureAwait(false);
            received += contacts;
        }

        if (received < count) throw new InvalidOperationException($"Only {received} contacts came.");
        Report.Write(Stopwatch.GetElapsedTime(started));
    }

    private static int After(byte[] reply, int from, ReadOnlySpan<byte> what) => from + reply.AsSpan(from).IndexOf(what) + what.Length;
}
