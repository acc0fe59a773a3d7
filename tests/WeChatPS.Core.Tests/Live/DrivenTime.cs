using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Http;

namespace WeChatPS.Core.Tests.Live;

/// <summary>
/// A clock for sessions that talk to a real socket: it moves only when told to, and when driven it stands still while a request is under
/// way, so that a slow machine never makes a deadline pass.
/// </summary>
internal sealed class DrivenTime() : FakeTimeProvider(DateTimeOffset.UtcNow)
{
    private int _underWay;

    /// <summary>Settings that let this clock know of every request.</summary>
    public HttpSettings Http => new() { Handler = () => new Gauge(this) };

    /// <summary>Lets time pass until a task has ended.</summary>
    public async Task DriveAsync(Task task)
    {
        long deadline = Environment.TickCount64 + 30_000;
        while (!task.IsCompleted)
        {
            if (Environment.TickCount64 > deadline) throw new TimeoutException("it did not end however much time passed");
            if (Volatile.Read(ref _underWay) == 0) Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }
    }

    /// <summary>Lets time pass until a task has ended.</summary>
    public async Task<T> DriveAsync<T>(Task<T> task)
    {
        await DriveAsync((Task)task);
        return await task;
    }

    private sealed class Gauge(DrivenTime time) : DelegatingHandler(new SocketsHttpHandler
    {
        UseCookies = false, AllowAutoRedirect = false, UseProxy = false,
    })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref time._underWay);
            try
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                return response;
            }
            finally
            {
                Interlocked.Decrement(ref time._underWay);
            }
        }
    }
}
