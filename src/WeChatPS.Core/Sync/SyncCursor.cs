namespace WeChatPS.Sync;

/// <summary>The session's position in the server's history (its sync keys), as text that only the transport interprets.</summary>
internal readonly record struct SyncCursor(string Value)
{
    public bool IsEmpty => string.IsNullOrEmpty(Value);

    // The text is long and of no use in a log.
    public override string ToString() => IsEmpty ? "(none)" : $"({Value.Length} characters)";
}
