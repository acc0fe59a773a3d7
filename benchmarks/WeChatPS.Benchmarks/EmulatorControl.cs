using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading;

namespace WeChatPS.Benchmarks;

/// <summary>The emulator's control interface, as far as measuring needs it.</summary>
internal sealed class EmulatorControl(Uri endpoint) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { BaseAddress = new Uri(endpoint, "/emulator/"), Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Lets messages reach the account.</summary>
    /// <param name="text">"{n}" becomes the number where there are several, "{ticks}" the moment.</param>
    /// <param name="count">How many.</param>
    public void Deliver(string text, int count = 1) => Post("message", new { from = "王五", text, count });

    /// <summary>One of the emulator's counters: polls, openPolls, syncs, sends, messagesHandedOut.</summary>
    public long Counter(string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "status");
        using HttpResponseMessage reply = _http.Send(request);
        using JsonDocument status = JsonDocument.Parse(reply.Content.ReadAsStream());
        return status.RootElement.GetProperty("counters").GetProperty(name).GetInt64();
    }

    /// <summary>Waits until so many polls are held.</summary>
    /// <param name="count">How many.</param>
    /// <param name="client">Who is to make them.</param>
    public void AwaitOpenPolls(int count, Process client)
    {
        for (var clock = Stopwatch.StartNew(); Counter("openPolls") != count; Thread.Sleep(5))
        {
            if (!client.HasExited && clock.Elapsed < s_patience) continue;
            client.Kill();
            throw new TimeoutException($"The emulator holds {Counter("openPolls")} polls, not {count}.");
        }
    }

    /// <summary>Ends every session, so that nothing is delivered to clients that are gone.</summary>
    public void EndSessions() => Post("kick", new { code = 1101 });

    public void Dispose() => _http.Dispose();

    private void Post(string what, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, what) { Content = JsonContent.Create(body) };
        using HttpResponseMessage reply = _http.Send(request, HttpCompletionOption.ResponseHeadersRead);
        reply.EnsureSuccessStatusCode();
        reply.Content.ReadAsStream().CopyTo(Stream.Null);
    }
}
