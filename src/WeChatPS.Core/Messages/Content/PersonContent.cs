namespace WeChatPS;

/// <summary>A name card, or a friend suggestion from WeChat.</summary>
/// <param name="UserName">The person's id within this login.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Alias">The person's WeChat ID; usually empty.</param>
/// <param name="Gender">The gender from the profile.</param>
/// <param name="Province">The province from the profile.</param>
/// <param name="City">The city from the profile.</param>
public sealed record CardContent(string UserName, string Name, string Alias, Gender Gender, string Province, string City)
{
    /// <summary>The signature from the profile.</summary>
    public string Signature { get; init; } = "";

    /// <summary>Whether it is an official account.</summary>
    public bool IsOfficial { get; init; }

    /// <summary>WeChat's certification of the account; empty without one.</summary>
    public string Certification { get; init; } = "";

    /// <summary>The address of the avatar; empty if unknown.</summary>
    public string PictureUrl { get; init; } = "";
}

/// <summary>A friend request.</summary>
/// <param name="UserName">The person's id within this login.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Greeting">The person's greeting.</param>
/// <param name="Gender">The gender from the profile.</param>
/// <param name="Province">The province from the profile.</param>
/// <param name="City">The city from the profile.</param>
/// <param name="Scene">WeChat's number for the source of the request (3 search, 14 group, 17 name card, 30 QR code …).</param>
public sealed record FriendRequestContent(
    string UserName, string Name, string Greeting, Gender Gender, string Province, string City, int Scene)
{
    /// <summary>The person's WeChat ID; usually empty.</summary>
    public string Alias { get; init; } = "";

    /// <summary>The signature from the profile.</summary>
    public string Signature { get; init; } = "";

    /// <summary>The address of the avatar; empty if unknown.</summary>
    public string PictureUrl { get; init; } = "";

    /// <summary>The permanent id of the group in which the person found this account; empty for other sources.</summary>
    public string GroupId { get; init; } = "";

    /// <summary>The name of the source; usually empty.</summary>
    public string SourceName { get; init; } = "";

    /// <summary>The name of the person who shared this account's name card; empty for other sources.</summary>
    public string SharedBy { get; init; } = "";

    /// <summary>The ticket for accepting or rejecting the request.</summary>
    internal string Ticket { get; init; } = "";
}
