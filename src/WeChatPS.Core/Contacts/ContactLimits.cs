namespace WeChatPS;

/// <summary>
/// How much of what a server says about contacts is kept. No account comes near these limits, so a server that exceeds them is mistaken
/// or means harm, and must not fill the memory. Together they keep the contacts below about 200 MB.
/// </summary>
internal static class ContactLimits
{
    /// <summary>People, groups and official accounts. WeChat allows about 10,000 friends, and the address book lists few groups.</summary>
    public const int Contacts = 20_000;

    /// <summary>The members of one group. WeChat's groups have at most 500.</summary>
    public const int MembersOfGroup = 2_000;

    /// <summary>The members of all groups. Two hundred full groups have as many.</summary>
    public const int Members = 100_000;

    /// <summary>The length of a user name or id. WeChat's have up to 66 characters: @@ and 64 hexadecimal digits.</summary>
    public const int UserName = 128;

    /// <summary>The length of a name. WeChat allows 32 characters in a nickname and a group name.</summary>
    public const int Name = 100;

    /// <summary>The length of a text in a profile, such as the signature of up to 30 characters, or the pinyin of a name.</summary>
    public const int Text = 256;

    /// <summary>The length of an avatar's path. Real ones have about 200 characters.</summary>
    public const int AvatarPath = 512;

    /// <summary>The length of an article's address. Real ones have a few hundred characters.</summary>
    public const int Link = 2_048;

    /// <summary>The bytes of a list of user names: <see cref="Contacts"/> of them with commas.</summary>
    public const int ListBytes = 2 * 1024 * 1024;

    /// <summary>The articles that webwxinit brings. An account has some twenty.</summary>
    public const int Articles = 1_000;
}
