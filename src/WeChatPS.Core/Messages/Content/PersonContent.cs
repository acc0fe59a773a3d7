namespace WeChatPS;

/// <summary>Somebody's name card.</summary>
/// <param name="UserName">The person's id within this login.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Alias">The person's WeChat id; mostly empty.</param>
/// <param name="Gender">What the person states.</param>
/// <param name="Province">What the person states.</param>
/// <param name="City">What the person states.</param>
public sealed record CardContent(string UserName, string Name, string Alias, Gender Gender, string Province, string City);

/// <summary>Somebody wants to be a contact.</summary>
/// <param name="UserName">The person's id within this login.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Greeting">What the person wrote.</param>
/// <param name="Gender">What the person states.</param>
/// <param name="Province">What the person states.</param>
/// <param name="City">What the person states.</param>
/// <param name="Scene">Where the person found this account, as WeChat numbers it (3 search, 14 a group, 17 a card, 30 a QR code …).</param>
public sealed record FriendRequestContent(
    string UserName, string Name, string Greeting, Gender Gender, string Province, string City, int Scene)
{
    /// <summary>What an answer has to carry.</summary>
    internal string Ticket { get; init; } = "";
}
