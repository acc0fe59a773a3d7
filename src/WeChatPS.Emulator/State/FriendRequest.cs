namespace WeChatPS.Emulator;

/// <summary>A friend request that a client sent.</summary>
/// <param name="To">The recipient.</param>
/// <param name="Greeting">The greeting.</param>
public sealed record FriendRequest(Contact To, string Greeting);
