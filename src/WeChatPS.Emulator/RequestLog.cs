using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using WeChatPS.Emulator.Http;

namespace WeChatPS.Emulator;

/// <summary>The last 10,000 requests.</summary>
public sealed class RequestLog
{
    private const int Capacity = 10_000;
    private const int BodyLimit = 16 * 1024;
    private readonly object _gate = new();
    private readonly Queue<LoggedRequest> _requests = new(Capacity);
    private long _last;

    internal RequestLog()
    {
    }

    /// <summary>Raised for every request when its response is ready, on any thread.</summary>
    public event Action<LoggedRequest>? Answered;

    /// <summary>Gets the logged requests, oldest first.</summary>
    /// <param name="endpoint">The endpoint of the requests; null for all.</param>
    public IReadOnlyList<LoggedRequest> Get(string? endpoint = null)
    {
        lock (_gate)
        {
            return [.. _requests.Where(request => endpoint is null || request.Endpoint == endpoint)];
        }
    }

    /// <summary>Removes all requests. Numbers continue.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
        }
    }

    internal LoggedRequest Begin(HttpRequest request, string endpoint)
    {
        lock (_gate)
        {
            var logged = new LoggedRequest
            {
                Number = ++_last,
                Time = DateTimeOffset.UtcNow,
                Connection = request.Connection,
                Method = request.Method,
                Endpoint = endpoint,
                Path = request.Path,
                Query = request.QueryText,
                Headers = request.Headers,
                Body = Encoding.UTF8.GetString(request.Body.Span[..Math.Min(request.Body.Length, BodyLimit)]),
                BodyLength = request.Body.Length,
            };
            if (_requests.Count == Capacity)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(logged);
            return logged;
        }
    }

    internal void Finish(LoggedRequest logged, HttpReply reply, bool isAbandoned)
    {
        logged.Status = reply.Raw is null ? reply.Status : null;
        logged.Ret = reply.Ret;
        logged.IsAbandoned = isAbandoned;
        logged.Elapsed = DateTimeOffset.UtcNow - logged.Time;
        Answered?.Invoke(logged);
    }
}
