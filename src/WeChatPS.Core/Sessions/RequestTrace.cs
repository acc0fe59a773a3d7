using System;

namespace WeChatPS.Sessions;

/// <summary>A subscription to the trace of requests. Tracing starts with the first one and ends with the last.</summary>
internal sealed class RequestTrace : IDisposable
{
    private Action<int>? _count;

    /// <param name="count">Called with 1 or -1 to adjust the number of subscriptions.</param>
    public RequestTrace(Action<int> count)
    {
        _count = count;
        count(1);
    }

    public void Dispose()
    {
        _count?.Invoke(-1);
        _count = null;
    }
}
