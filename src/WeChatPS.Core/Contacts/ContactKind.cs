namespace WeChatPS;

/// <summary>The kinds of contacts.</summary>
public enum ContactKind : long
{
    /// <summary>The account itself.</summary>
    Self,

    /// <summary>A person in the address book.</summary>
    Friend,

    /// <summary>A group.</summary>
    Group,

    /// <summary>An official account.</summary>
    Official,

    /// <summary>A special WeChat account: filehelper, weixin, fmessage …</summary>
    Special,

    /// <summary>Another person, such as a group member who is not a friend, or a former friend.</summary>
    Stranger,
}

/// <summary>The gender in a profile.</summary>
public enum Gender : long
{
    /// <summary>Not specified.</summary>
    Unknown,

    /// <summary>Male.</summary>
    Male,

    /// <summary>Female.</summary>
    Female,
}
