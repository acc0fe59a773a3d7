namespace WeChatPS.Emulator.Wire;

/// <summary>A message that another one may quote.</summary>
/// <param name="MsgId">Its MsgId.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Chat">Where: the group, or the author.</param>
/// <param name="Type">Its MsgType.</param>
/// <param name="Content">Its text or XML, without the escapes of the wire.</param>
internal sealed record QuotableMessage(string MsgId, Contact Author, Contact Chat, int Type, string Content);
