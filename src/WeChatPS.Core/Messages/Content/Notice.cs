namespace WeChatPS;

/// <summary>What WeChat itself says in a conversation, read once: what it is, its words, and what they hold.</summary>
internal sealed record Notice(MessageKind Kind, string Text, object? Content = null);
