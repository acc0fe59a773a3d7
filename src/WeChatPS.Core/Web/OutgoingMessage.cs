namespace WeChatPS.Web;

/// <summary>An outgoing message to one recipient.</summary>
/// <param name="From">The account's own user name.</param>
/// <param name="To">The recipient's user name.</param>
/// <param name="Body">The content.</param>
/// <param name="ClientMsgId">The id of the message (<see cref="ClientMsgIds"/>), the same in every retry.</param>
internal sealed record OutgoingMessage(string From, string To, MessageBody Body, string ClientMsgId);
