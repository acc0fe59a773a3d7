namespace WeChatPS;

/// <summary>A notice from WeChat in a chat: kind, text and content.</summary>
internal sealed record Notice(MessageKind Kind, string Text, object? Content = null);
