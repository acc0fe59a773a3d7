using System;

namespace WeChatPS.Sessions;

/// <summary>Somebody who wants to see every request: begins with the first of them, and ends with the last.</summary>
internal sealed class RequestTrace : IDisposable
{
    private Action<int>? _count;

    /// <param name="count">Told of one more or one less.</param>
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
