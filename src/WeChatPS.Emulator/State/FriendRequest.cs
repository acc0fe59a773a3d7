namespace WeChatPS.Emulator;

/// <summary>A request to become friends that a client sent.</summary>
/// <param name="To">Who is asked.</param>
/// <param name="Greeting">The words that go with it.</param>
public sealed record FriendRequest(Contact To, string Greeting);
