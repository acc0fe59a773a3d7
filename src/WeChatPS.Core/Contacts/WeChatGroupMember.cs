using System;

namespace WeChatPS;

/// <summary>A group member. Two members are equal when the user names of group and person are equal.</summary>
public sealed record WeChatGroupMember
{
    internal WeChatGroupMember(string userName) => UserName = userName;

    /// <summary>The id within this login. Every login has new user names.</summary>
    public string UserName { get; }

    /// <summary>The display name: the group nickname, remark or nickname. It is never empty.</summary>
    public string Name => DisplayName.Length > 0 ? DisplayName
        : RemarkName.Length > 0 ? RemarkName
        : NickName.Length > 0 ? NickName
        : UserName;

    /// <summary>The nickname.</summary>
    public string NickName { get; internal init; } = "";

    /// <summary>The group nickname; empty without one.</summary>
    public string DisplayName { get; internal init; } = "";

    /// <summary>The remark, if the person is a contact; otherwise empty.</summary>
    public string RemarkName { get; internal init; } = "";

    /// <summary>The gender from the profile. Like the next three properties, it is known for contacts, and for others after -Detailed loaded it.</summary>
    public Gender Gender { get; internal init; }

    /// <summary>The province from the profile.</summary>
    public string Province { get; internal init; } = "";

    /// <summary>The city from the profile.</summary>
    public string City { get; internal init; } = "";

    /// <summary>The signature from the profile.</summary>
    public string Signature { get; internal init; } = "";

    /// <summary>The group's user name, because several groups may have the same name and fingerprint.</summary>
    internal string GroupUserName { get; init; } = "";

    /// <summary>The login in which the user names are valid; 0 if unknown.</summary>
    internal ulong Login { get; init; }

    /// <summary>The group's id (<see cref="WeChatContact.Id"/>).</summary>
    public string GroupId { get; internal init; } = "";

    /// <summary>The group's name.</summary>
    public string GroupName { get; internal init; } = "";

    /// <inheritdoc/>
    public bool Equals(WeChatGroupMember? other) => other is not null
        && string.Equals(UserName, other.UserName, StringComparison.Ordinal)
        && string.Equals(GroupUserName, other.GroupUserName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(UserName);

    /// <summary>Gets the name, safe for a terminal.</summary>
    public override string ToString() => DisplayText.Visible(Name);

    /// <summary>Gets the person as a stranger.</summary>
    internal WeChatContact ToStranger() => new(UserName) { NickName = NickName.Length > 0 ? NickName : DisplayName, Login = Login };

    /// <summary>Gets the group, with the data that a member contains.</summary>
    internal WeChatContact ToGroup() => new(GroupUserName)
    {
        NickName = GroupName,
        LikelyId = GroupId != GroupUserName ? GroupId : "",
        Login = Login,
    };

    /// <summary>Merges an update. Values that are empty in the update are kept.</summary>
    internal WeChatGroupMember With(WeChatGroupMember update) => this with
    {
        NickName = update.NickName.Length > 0 ? update.NickName : NickName,
        DisplayName = update.DisplayName.Length > 0 ? update.DisplayName : DisplayName,
    };
}
