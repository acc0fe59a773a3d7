namespace WeChatPS.Sync;

/// <summary>Where a session stands in the server's history: opaque text that only the transport can read.</summary>
internal readonly record struct SyncCursor(string Value)
{
    public bool IsEmpty => string.IsNullOrEmpty(Value);

    // what a cursor says is of no use in a log, and long
    public override string ToString() => IsEmpty ? "(none)" : $"({Value.Length} characters)";
}
