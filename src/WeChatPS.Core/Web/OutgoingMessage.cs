namespace WeChatPS.Web;

/// <summary>A message on its way to one receiver.</summary>
/// <param name="From">The account's own user name.</param>
/// <param name="To">The receiver's user name.</param>
/// <param name="Body">What it says.</param>
/// <param name="ClientMsgId">Its identity for life (<see cref="ClientMsgIds"/>), which a repeated request keeps.</param>
internal sealed record OutgoingMessage(string From, string To, MessageBody Body, string ClientMsgId);
