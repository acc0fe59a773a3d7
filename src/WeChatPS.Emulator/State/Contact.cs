using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator;

/// <summary>The kinds of contacts.</summary>
public enum ContactKind
{
    /// <summary>A friend.</summary>
    Friend,

    /// <summary>An official account.</summary>
    Official,

    /// <summary>A group.</summary>
    Group,

    /// <summary>A special WeChat account, such as File Transfer (filehelper).</summary>
    System,

    /// <summary>A person who is not a friend, for example a group member.</summary>
    Stranger,
}

/// <summary>A person, official account or group. Names are plain text without the server's markup.</summary>
public sealed class Contact
{
    internal Contact(string id, ContactKind kind, string nickName)
    {
        Id = id;
        Kind = kind;
        NickName = nickName;
    }

    /// <summary>The permanent id: <c>wxid_…</c>, <c>gh_…</c>, <c>…@chatroom</c> or the name of a system contact. User names of clients are different.</summary>
    public string Id { get; }

    /// <summary>The kind. A stranger becomes a friend when a friend request is accepted.</summary>
    public ContactKind Kind { get; internal set; }

    /// <summary>The nickname, or the name of a group.</summary>
    public string NickName { get; internal set; }

    /// <summary>The remark, or empty.</summary>
    public string RemarkName { get; internal set; } = "";

    /// <summary>The members of a group, including the account.</summary>
    public IReadOnlyList<GroupMember> Members { get; internal set; } = [];

    /// <summary>The people who were invited to the group and have not joined yet.</summary>
    public IReadOnlyList<Contact> Invited { get; internal set; } = [];

    /// <summary>Whether a group is in the address book. Others appear only in the recent chats.</summary>
    public bool IsSaved { get; internal set; } = true;

    /// <summary>Whether the chat is pinned to the top.</summary>
    public bool IsPinned { get; internal set; }

    /// <summary>Whether a group is muted.</summary>
    public bool IsMuted { get; internal set; }

    /// <summary>Gets the contact's reply to a text, or null for no reply. Called for each text that a client sends to the contact.</summary>
    public Func<string, string?>? AutoReply { get; set; }

    /// <summary>Additional bits of ContactFlag: 8 blocked, 64 starred, 512 muted.</summary>
    public int ContactFlag { get; set; }

    /// <summary>Additional bits of VerifyFlag: 16 verified; some official accounts have 56 or 136.</summary>
    public int VerifyFlag { get; set; }

    /// <summary>The pinyin of the nickname, one word for each character (<c>zhang san</c>); may be empty.</summary>
    public string Pinyin { get; set; } = "";

    /// <summary>The pinyin of the remark, like <see cref="Pinyin"/>.</summary>
    public string RemarkPinyin { get; set; } = "";

    internal int Sex { get; init; }

    internal string Signature { get; init; } = "";

    internal string Alias { get; init; } = "";

    internal string Province { get; init; } = "";

    internal string City { get; init; } = "";

    /// <summary>WeChat's certification of an official account.</summary>
    internal string Certification { get; init; } = "";

    /// <summary>A number that every change increments. It is part of the avatar's address.</summary>
    internal int Version { get; set; } = 1;

    /// <inheritdoc/>
    public override string ToString() => RemarkName.Length > 0 ? RemarkName : NickName;
}

/// <summary>A group member.</summary>
/// <param name="Person">The person.</param>
/// <param name="DisplayName">The group nickname, or empty.</param>
public sealed record GroupMember(Contact Person, string DisplayName = "");
