namespace WeChatPS;

/// <summary>Somebody's name card; also of somebody whom WeChat suggests.</summary>
/// <param name="UserName">The person's id within this login.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Alias">The person's WeChat id; mostly empty.</param>
/// <param name="Gender">What the person states.</param>
/// <param name="Province">What the person states.</param>
/// <param name="City">What the person states.</param>
public sealed record CardContent(string UserName, string Name, string Alias, Gender Gender, string Province, string City)
{
    /// <summary>What the person says about themselves.</summary>
    public string Signature { get; init; } = "";

    /// <summary>Whether it is an official account.</summary>
    public bool IsOfficial { get; init; }

    /// <summary>As what WeChat has certified the account; empty: it has not.</summary>
    public string Certification { get; init; } = "";

    /// <summary>Where the picture is; empty when not said.</summary>
    public string PictureUrl { get; init; } = "";
}

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
    /// <summary>The person's WeChat id; mostly empty.</summary>
    public string Alias { get; init; } = "";

    /// <summary>What the person says about themselves.</summary>
    public string Signature { get; init; } = "";

    /// <summary>Where the picture is; empty when not said.</summary>
    public string PictureUrl { get; init; } = "";

    /// <summary>The lasting id of the group that the person found this account in; empty when it was elsewhere.</summary>
    public string GroupId { get; init; } = "";

    /// <summary>The name of whom or what WeChat gives as the source; mostly empty.</summary>
    public string SourceName { get; init; } = "";

    /// <summary>Who passed on this account's card; empty when nobody did.</summary>
    public string SharedBy { get; init; } = "";

    /// <summary>What an answer has to carry.</summary>
    internal string Ticket { get; init; } = "";
}
