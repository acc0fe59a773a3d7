namespace WeChatPS.Sync;

/// <summary>What a batch brought to the inbox.</summary>
/// <param name="Added">The number of new messages.</param>
/// <param name="IsProgress">
/// Whether a message that earns speed was new, or is known and was not brought again since the inbox was opened or the last new one was added.
/// </param>
internal readonly record struct BatchGain(int Added, bool IsProgress);
