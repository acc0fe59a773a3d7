namespace WeChatPS;

/// <summary>What a contact is.</summary>
public enum ContactKind : long
{
    /// <summary>The account itself.</summary>
    Self,

    /// <summary>Somebody in the address book.</summary>
    Friend,

    /// <summary>A group.</summary>
    Group,

    /// <summary>An official account.</summary>
    Official,

    /// <summary>One of WeChat's own: filehelper, weixin, fmessage …</summary>
    Special,

    /// <summary>Anybody else: a group's member who is no friend, a former friend.</summary>
    Stranger,
}

/// <summary>What a contact says about gender.</summary>
public enum Gender : long
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>Male.</summary>
    Male,

    /// <summary>Female.</summary>
    Female,
}
