namespace WeChatPS.Emulator.Wire;

/// <summary>A message that another one may quote.</summary>
/// <param name="MsgId">The MsgId.</param>
/// <param name="Author">The author.</param>
/// <param name="Chat">The group, or the author of a private message.</param>
/// <param name="Type">The MsgType.</param>
/// <param name="Content">The text or XML, without the escapes of the wire.</param>
internal sealed record QuotableMessage(string MsgId, Contact Author, Contact Chat, int Type, string Content);
