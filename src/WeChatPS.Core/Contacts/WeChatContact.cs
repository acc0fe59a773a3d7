using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>A person, a group or an account. Two are equal when they have the same user name.</summary>
public sealed record WeChatContact
{
    internal WeChatContact(string userName)
    {
        UserName = userName;
        Kind = ContactKinds.Of(userName, ContactFlags.None, VerifyFlags.None);
    }

    /// <summary>
    /// The id that survives logins: WeChat's own (<c>wxid_…</c>, <c>gh_…</c>, <c>…@chatroom</c>) where the server gave it; otherwise the one that
    /// whoever looked the same had in an earlier login; otherwise a fingerprint (<c>fp_…</c>) of kind, nickname, gender, province and city;
    /// the user name where there is nothing to tell a contact by. <see cref="HasStableId"/> says whether it is the first.
    /// </summary>
    public string Id => StableId.Length > 0 ? StableId : LikelyId.Length > 0 ? LikelyId : UserName;

    /// <summary>
    /// Whether the server itself gave <see cref="Id"/> in this login. Any other id is recognised by what the contact shows of itself: it
    /// changes when that changes, and somebody else may show the same.
    /// </summary>
    public bool HasStableId => StableId.Length > 0 || !ContactKinds.IsPassing(UserName);

    /// <summary>The id within this login; it changes with the next one.</summary>
    public string UserName { get; }

    /// <summary>The name to show: the remark, or the name, or for a group without a name its first members; never empty.</summary>
    public string Name => RemarkName.Length > 0 ? RemarkName
        : IsGroup && DisplayName.Length > 0 ? DisplayName
        : NickName.Length > 0 ? NickName
        : MemberNames.Length > 0 ? MemberNames
        : UserName;

    /// <summary>The name that the person (the group) chose.</summary>
    public string NickName { get; internal init; } = "";

    /// <summary>The name that the account's owner gave; empty when none.</summary>
    public string RemarkName { get; internal init; } = "";

    /// <summary>The remark, or without one the own name, in Latin letters as the server spells it (<c>zhangsan</c>); empty when it did not.</summary>
    public string Pinyin => RemarkName.Length > 0 ? RemarkSpelling : NickSpelling;

    /// <summary>The WeChat id that the person chose; the server mostly leaves it out.</summary>
    public string Alias { get; internal init; } = "";

    /// <summary>What the contact is.</summary>
    public ContactKind Kind { get; internal init; }

    /// <summary>Whether it is a group.</summary>
    public bool IsGroup => Kind == ContactKind.Group;

    /// <summary>Whether the conversation is pinned to the top.</summary>
    public bool IsPinned => (Flags & ContactFlags.Pinned) != 0;

    /// <summary>Whether the phone stays silent for it.</summary>
    public bool IsMuted => IsGroup ? NotifyState == 0 : (Flags & ContactFlags.Muted) != 0;

    /// <summary>Whether the contact is starred.</summary>
    public bool IsStarred => (Flags & ContactFlags.Starred) != 0;

    /// <summary>Whether the contact is on the account's blacklist.</summary>
    public bool IsBlocked => (Flags & ContactFlags.Blocked) != 0;

    /// <summary>Whether WeChat vouches for the account.</summary>
    public bool IsVerified => (Verify & VerifyFlags.Verified) != 0;

    /// <summary>The gender that the person states.</summary>
    public Gender Gender { get; internal init; }

    /// <summary>The province that the person states.</summary>
    public string Province { get; internal init; } = "";

    /// <summary>The city that the person states.</summary>
    public string City { get; internal init; } = "";

    /// <summary>The line that the person shows below the name.</summary>
    public string Signature { get; internal init; } = "";

    /// <summary>How many members a group has, as far as it is known.</summary>
    public int MemberCount { get; internal init; }

    /// <summary>The user name of a group's owner; empty when it is not known.</summary>
    public string GroupOwner { get; internal init; } = "";

    /// <summary>Whether the account owns the group; null while that is not known, and for whoever is no group.</summary>
    public bool? IsOwner { get; internal init; }

    /// <summary>The names of those whom this session invited to the group and who have not joined it yet; without any for whoever is no group.</summary>
    public IReadOnlyList<string> InvitedMembers => [.. Invited.Select(person => person.Name)];

    /// <summary>Where the picture is, below the session's server, without its key.</summary>
    public string AvatarPath { get; internal init; } = "";

    internal string NickSpelling { get; init; } = "";

    internal string RemarkSpelling { get; init; } = "";

    /// <summary>The login in which the user name is good; 0 when that is not known.</summary>
    internal ulong Login { get; init; }

    /// <summary>The id that the server gave; empty when it gave none.</summary>
    internal string StableId { get; init; } = "";

    /// <summary>What stands for <see cref="StableId"/> where the server gave none.</summary>
    internal string LikelyId { get; init; } = "";

    /// <summary>Whether a remark that is empty here is none, and not merely left out.</summary>
    internal bool SaysRemark { get; init; }

    /// <summary>The name that some replies give a group.</summary>
    internal string DisplayName { get; init; } = "";

    /// <summary>What a group without a name is called.</summary>
    internal string MemberNames { get; init; } = "";

    internal ContactFlags Flags { get; init; }

    /// <summary>Whether no flags mean that there are none; from the server they mostly mean that it did not say.</summary>
    internal bool SaysFlags { get; init; }

    internal VerifyFlags Verify { get; init; }

    /// <summary>A group's Statues: 0 silent, 1 not; null when it was not said.</summary>
    internal int? NotifyState { get; init; }

    /// <summary>A group's EncryChatRoomId, which requests about its members carry.</summary>
    internal string GroupKey { get; init; } = "";

    /// <summary>Whom this session invited to the group, as long as they have not joined it.</summary>
    internal IReadOnlyList<WeChatContact> Invited { get; init; } = [];

    /// <summary>The members as one reply had them; the book keeps them apart.</summary>
    internal IReadOnlyList<WeChatGroupMember> Members { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(WeChatContact? other) => other is not null && string.Equals(UserName, other.UserName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(UserName);

    /// <summary>The name, fit for a terminal.</summary>
    public override string ToString() => DisplayText.Visible(Name);

    /// <summary>This contact with what an update says: what is empty or 0 there stays.</summary>
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

    // changes come without spellings: that of another name is worse than none
    private static string Respell(string update, string current, bool isSameName) => update.Length > 0 || !isSameName ? update : current;

    private static string Pick(string update, string current) => update.Length > 0 ? update : current;
}
