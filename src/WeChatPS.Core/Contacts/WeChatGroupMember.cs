using System;

namespace WeChatPS;

/// <summary>Somebody in a group. Two are equal when the user names of both, group and person, are.</summary>
public sealed record WeChatGroupMember
{
    internal WeChatGroupMember(string userName) => UserName = userName;

    /// <summary>The id within this login; it changes with the next one.</summary>
    public string UserName { get; }

    /// <summary>The name to show: the one used in the group, or the remark, or the person's own; never empty.</summary>
    public string Name => DisplayName.Length > 0 ? DisplayName
        : RemarkName.Length > 0 ? RemarkName
        : NickName.Length > 0 ? NickName
        : UserName;

    /// <summary>The name that the person chose.</summary>
    public string NickName { get; internal init; } = "";

    /// <summary>The name that the person uses in this group; empty when none.</summary>
    public string DisplayName { get; internal init; } = "";

    /// <summary>The name that the account's owner gave the person, if a contact; empty when none.</summary>
    public string RemarkName { get; internal init; } = "";

    /// <summary>The gender that the person states. As the three below: known of contacts, and of others once somebody asked for it.</summary>
    public Gender Gender { get; internal init; }

    /// <summary>The province that the person states.</summary>
    public string Province { get; internal init; } = "";

    /// <summary>The city that the person states.</summary>
    public string City { get; internal init; } = "";

    /// <summary>The line that the person shows below the name.</summary>
    public string Signature { get; internal init; } = "";

    /// <summary>The group's user name: other groups may share its name, and so the id.</summary>
    internal string GroupUserName { get; init; } = "";

    /// <summary>The login in which the user names are good; 0 when that is not known.</summary>
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

    /// <summary>The name, fit for a terminal.</summary>
    public override string ToString() => DisplayText.Visible(Name);

    /// <summary>The person as a contact who is not in the address book.</summary>
    internal WeChatContact ToStranger() => new(UserName) { NickName = NickName.Length > 0 ? NickName : DisplayName, Login = Login };

    /// <summary>The group, as far as a member knows it.</summary>
    internal WeChatContact ToGroup() => new(GroupUserName)
    {
        NickName = GroupName,
        LikelyId = GroupId != GroupUserName ? GroupId : "",
        Login = Login,
    };

    /// <summary>This member with what an update says: what is empty there stays.</summary>
    internal WeChatGroupMember With(WeChatGroupMember update) => this with
    {
        NickName = update.NickName.Length > 0 ? update.NickName : NickName,
        DisplayName = update.DisplayName.Length > 0 ? update.DisplayName : DisplayName,
    };
}
