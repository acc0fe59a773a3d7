using System;

namespace WeChatPS.Sync;

/// <summary>The server said, twice, that the session is over.</summary>
internal sealed class SyncEndedException(int code, string detail) : Exception(detail)
{
    /// <summary>The server's own code.</summary>
    public int Code { get; } = code;
}
