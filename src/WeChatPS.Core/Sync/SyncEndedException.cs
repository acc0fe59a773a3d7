using System;

namespace WeChatPS.Sync;

/// <summary>Two responses in a row said that the session is over.</summary>
internal sealed class SyncEndedException(int code, string detail) : Exception(detail)
{
    /// <summary>The server's code.</summary>
    public int Code { get; } = code;
}
