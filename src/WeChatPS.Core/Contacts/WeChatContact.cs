using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>A person, group or official account. Two contacts are equal when they have the same user name.</summary>
public sealed record WeChatContact
{
    internal WeChatContact(string userName)
    {
        UserName = userName;
        Kind = ContactKinds.Of(userName, ContactFlags.None, VerifyFlags.None);
    }

    /// <summary>
    /// The id across logins: WeChat's permanent id (<c>wxid_…</c>, <c>gh_…</c>, <c>…@chatroom</c>) if the server sent it. Otherwise, the id of a
    /// contact with the same profile in an earlier login. Otherwise, a fingerprint (<c>fp_…</c>) of kind, nickname, gender, province and city.
    /// Without a nickname, the user name. <see cref="HasStableId"/> tells whether it is the permanent id.
    /// </summary>
    public string Id => StableId.Length > 0 ? StableId : LikelyId.Length > 0 ? LikelyId : UserName;

    /// <summary>
    /// Whether the server sent <see cref="Id"/> in this login. Any other id is derived from the contact's profile: it changes with the
    /// profile, and another person may have the same profile.
    /// </summary>
    public bool HasStableId => StableId.Length > 0 || !ContactKinds.IsPassing(UserName);

    /// <summary>The id within this login. Every login has new user names.</summary>
    public string UserName { get; }

    /// <summary>The display name: the remark or nickname, or for a group without a name its first members. It is never empty.</summary>
    public string Name => RemarkName.Length > 0 ? RemarkName
        : IsGroup && DisplayName.Length > 0 ? DisplayName
        : NickName.Length > 0 ? NickName
        : MemberNames.Length > 0 ? MemberNames
        : UserName;

    /// <summary>The nickname of the person, or the name of the group.</summary>
    public string NickName { get; internal init; } = "";

    /// <summary>The remark; empty without one.</summary>
    public string RemarkName { get; internal init; } = "";

    /// <summary>The pinyin of the remark or nickname from the server (<c>zhangsan</c>); may be empty.</summary>
    public string Pinyin => RemarkName.Length > 0 ? RemarkSpelling : NickSpelling;

    /// <summary>The WeChat ID that the person chose. The server usually omits it.</summary>
    public string Alias { get; internal init; } = "";

    /// <summary>The kind of the contact.</summary>
    public ContactKind Kind { get; internal init; }

    /// <summary>Whether it is a group.</summary>
    public bool IsGroup => Kind == ContactKind.Group;

    /// <summary>Whether the chat is pinned.</summary>
    public bool IsPinned => (Flags & ContactFlags.Pinned) != 0;

    /// <summary>Whether notifications are muted.</summary>
    public bool IsMuted => IsGroup ? NotifyState == 0 : (Flags & ContactFlags.Muted) != 0;

    /// <summary>Whether the contact is starred.</summary>
    public bool IsStarred => (Flags & ContactFlags.Starred) != 0;

    /// <summary>Whether the contact is blocked.</summary>
    public bool IsBlocked => (Flags & ContactFlags.Blocked) != 0;

    /// <summary>Whether WeChat has verified the official account.</summary>
    public bool IsVerified => (Verify & VerifyFlags.Verified) != 0;

    /// <summary>The gender from the profile.</summary>
    public Gender Gender { get; internal init; }

    /// <summary>The province from the profile.</summary>
    public string Province { get; internal init; } = "";

    /// <summary>The city from the profile.</summary>
    public string City { get; internal init; } = "";

    /// <summary>The signature from the profile.</summary>
    public string Signature { get; internal init; } = "";

    /// <summary>The number of group members, as far as known.</summary>
    public int MemberCount { get; internal init; }

    /// <summary>The user name of the group owner; empty if unknown.</summary>
    public string GroupOwner { get; internal init; } = "";

    /// <summary>Whether the account is the group owner; null if unknown, and for contacts that are not groups.</summary>
    public bool? IsOwner { get; internal init; }

    /// <summary>The names of people whom this session invited to the group and who have not joined yet; empty for contacts that are not groups.</summary>
    public IReadOnlyList<string> InvitedMembers => [.. Invited.Select(person => person.Name)];

    /// <summary>The path of the avatar on the session's server, without the skey.</summary>
    public string AvatarPath { get; internal init; } = "";

    internal string NickSpelling { get; init; } = "";

    internal string RemarkSpelling { get; init; } = "";

    /// <summary>The login in which the user name is valid; 0 if unknown.</summary>
    internal ulong Login { get; init; }

    /// <summary>The permanent id from the server; empty if it sent none.</summary>
    internal string StableId { get; init; } = "";

    /// <summary>The substitute for <see cref="StableId"/> without a permanent id.</summary>
    internal string LikelyId { get; init; } = "";

    /// <summary>Whether an empty remark means that there is no remark, instead of an omitted value.</summary>
    internal bool SaysRemark { get; init; }

    /// <summary>The group's name in some responses.</summary>
    internal string DisplayName { get; init; } = "";

    /// <summary>The display name of a group without a name.</summary>
    internal string MemberNames { get; init; } = "";

    internal ContactFlags Flags { get; init; }

    /// <summary>Whether empty flags mean that no flag is set. From the server, they usually mean omitted flags.</summary>
    internal bool SaysFlags { get; init; }

    internal VerifyFlags Verify { get; init; }

    /// <summary>A group's Statues: 0 muted, 1 not muted; null if omitted.</summary>
    internal int? NotifyState { get; init; }

    /// <summary>A group's EncryChatRoomId, for requests about its members.</summary>
    internal string GroupKey { get; init; } = "";

    /// <summary>The people whom this session invited to the group and who have not joined yet.</summary>
    internal IReadOnlyList<WeChatContact> Invited { get; init; } = [];

    /// <summary>Whether a text of the response was too long, for the contact or a member.</summary>
    internal bool IsCut { get; init; }

    /// <summary>The members in one response. The contact book stores members separately.</summary>
    internal IReadOnlyList<WeChatGroupMember> Members { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(WeChatContact? other) => other is not null && string.Equals(UserName, other.UserName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(UserName);

    /// <summary>Gets the name, safe for a terminal.</summary>
    public override string ToString() => DisplayText.Visible(Name);

    /// <summary>Merges an update. Values that are empty or 0 in the update are kept.</summary>
    internal WeChatContact With(WeChatContact update)
    {
        ContactFlags flags = update.SaysFlags || update.Flags != 0 ? update.Flags : Flags;
        VerifyFlags verify = update.Verify != 0 ? update.Verify : Verify;
        string remark = update.SaysRemark ? update.RemarkName : Pick(update.RemarkName, RemarkName);
        return this with
        {
            NickName = Pick(update.NickName, NickName),
            RemarkName = remark,
            NickSpelling = Respell(update.NickSpelling, NickSpelling, Pick(update.NickName, NickName) == NickName),
            RemarkSpelling = Respell(update.RemarkSpelling, RemarkSpelling, remark == RemarkName),
            DisplayName = Pick(update.DisplayName, DisplayName),
            Alias = Pick(update.Alias, Alias),
            Flags = flags,
            Verify = verify,
            Kind = Kind == ContactKind.Self ? Kind : ContactKinds.Of(UserName, flags, verify),
            NotifyState = update.NotifyState ?? NotifyState,
            Gender = update.Gender != Gender.Unknown ? update.Gender : Gender,
            Province = Pick(update.Province, Province),
            City = Pick(update.City, City),
            Signature = Pick(update.Signature, Signature),
            MemberCount = update.MemberCount > 0 ? update.MemberCount : MemberCount,
            GroupOwner = Pick(update.GroupOwner, GroupOwner),
            IsOwner = update.IsOwner ?? IsOwner,
            AvatarPath = Pick(update.AvatarPath, AvatarPath),
            StableId = Pick(update.StableId, StableId),
            GroupKey = Pick(update.GroupKey, GroupKey),
        };
    }

    // Updates have no pinyin, and the pinyin of a former name would be wrong.
    private static string Respell(string update, string current, bool isSameName) => update.Length > 0 || !isSameName ? update : current;

    private static string Pick(string update, string current) => update.Length > 0 ? update : current;
}
