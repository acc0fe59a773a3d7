using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator;

/// <summary>What a contact is.</summary>
public enum ContactKind
{
    /// <summary>A friend.</summary>
    Friend,

    /// <summary>An official account.</summary>
    Official,

    /// <summary>A group.</summary>
    Group,

    /// <summary>One of WeChat's own, such as the file helper.</summary>
    System,

    /// <summary>Somebody who is known, from a group for instance, but is no friend.</summary>
    Stranger,
}

/// <summary>A person, an official account or a group of the scenario. Names hold plain text; the server's markup is put on at the wire.</summary>
public sealed class Contact
{
    internal Contact(string id, ContactKind kind, string nickName)
    {
        Id = id;
        Kind = kind;
        NickName = nickName;
    }

    /// <summary>The permanent id: <c>wxid_…</c>, <c>gh_…</c>, <c>…@chatroom</c> or the name of a system contact. Clients never see it as a user name.</summary>
    public string Id { get; }

    /// <summary>What the contact is; a stranger becomes a friend when a request is accepted.</summary>
    public ContactKind Kind { get; internal set; }

    /// <summary>The name that the contact chose, or a group's topic.</summary>
    public string NickName { get; internal set; }

    /// <summary>The account's own name for the contact, or empty.</summary>
    public string RemarkName { get; internal set; } = "";

    /// <summary>A group's members, the account included.</summary>
    public IReadOnlyList<GroupMember> Members { get; internal set; } = [];

    /// <summary>Who was invited to a group and has not joined it yet.</summary>
    public IReadOnlyList<Contact> Invited { get; internal set; } = [];

    /// <summary>Whether a group is saved to the address book; others appear among the recent chats only.</summary>
    public bool IsSaved { get; internal set; } = true;

    /// <summary>Whether the chat is pinned to the top.</summary>
    public bool IsPinned { get; internal set; }

    /// <summary>Whether the phone stays silent for a group.</summary>
    public bool IsMuted { get; internal set; }

    /// <summary>What the contact answers to a text, or null for no answer; called for each text that a client sends to it.</summary>
    public Func<string, string?>? AutoReply { get; set; }

    /// <summary>Bits of ContactFlag besides those that kind and state set: 8 blocked, 64 starred, 512 muted.</summary>
    public int ContactFlag { get; set; }

    /// <summary>Bits of VerifyFlag besides the kind's: 16 verified, 56 and 136 are seen at official accounts.</summary>
    public int VerifyFlag { get; set; }

    /// <summary>The nickname in Latin letters, a word for each sign (<c>zhang san</c>); empty where the server does not know it.</summary>
    public string Pinyin { get; set; } = "";

    /// <summary>The remark in Latin letters, as <see cref="Pinyin"/>.</summary>
    public string RemarkPinyin { get; set; } = "";

    internal int Sex { get; init; }

    internal string Signature { get; init; } = "";

    internal string Alias { get; init; } = "";

    internal string Province { get; init; } = "";

    internal string City { get; init; } = "";

    /// <summary>As what WeChat has certified an official account.</summary>
    internal string Certification { get; init; } = "";

    /// <summary>Raised by every change; stands in the address of the avatar.</summary>
    internal int Version { get; set; } = 1;

    /// <inheritdoc/>
    public override string ToString() => RemarkName.Length > 0 ? RemarkName : NickName;
}

/// <summary>Somebody in a group.</summary>
/// <param name="Person">Who it is.</param>
/// <param name="DisplayName">The name the member uses in this group, or empty.</param>
public sealed record GroupMember(Contact Person, string DisplayName = "");
