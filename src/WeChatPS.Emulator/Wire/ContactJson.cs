using System;
using System.Linq;

namespace WeChatPS.Emulator.Wire;

/// <summary>The JSON of contacts: one form for lists, another one for changes.</summary>
internal static class ContactJson
{
    private const string P = "/cgi-bin/mmwebwx-bin/";

    /// <summary>The level of detail of group members.</summary>
    public enum Detail
    {
        /// <summary>webwxgetcontact: no members at all.</summary>
        NoMembers,

        /// <summary>webwxinit: members without names.</summary>
        NamelessMembers,

        /// <summary>webwxbatchgetcontact: everything.</summary>
        Full,
    }

    /// <summary>An item of ContactList or MemberList.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="session">The session.</param>
    /// <param name="contact">The contact.</param>
    /// <param name="detail">The level of detail of group members.</param>
    /// <param name="isMet">Whether the details of a stranger are included, for requests with the group's key.</param>
    public static void Write(ServerJsonWriter json, WebSession session, Contact contact, Detail detail, bool isMet = false)
    {
        bool isGroup = contact.Kind == ContactKind.Group;
        bool isOpen = isMet || contact.Kind != ContactKind.Stranger;
        bool members = isGroup && detail != Detail.NoMembers;
        json.BeginObject();
        json.Number("Uin", 0);
        json.String("UserName", session.UserNameOf(contact));
        json.String("NickName", WireText.Name(contact.NickName));
        json.String("HeadImgUrl", AvatarUrl(session, contact, detail == Detail.Full ? "" : session.SKey));
        json.Number("ContactFlag", Flag(contact));
        json.Number("MemberCount", members ? contact.Members.Count : 0);
        WriteMembers(json, session, contact, members, detail == Detail.Full);
        json.String("RemarkName", WireText.Name(contact.RemarkName));
        json.Number("HideInputBarFlag", 0);
        json.Number("Sex", isOpen ? contact.Sex : 0);
        json.String("Signature", isOpen ? WireText.Name(contact.Signature) : "");
        json.Number("VerifyFlag", Verify(contact));
        json.Number("OwnerUin", 0);
        json.String("PYInitial", Initials(contact.Pinyin));
        json.String("PYQuanPin", Joined(contact.Pinyin));
        json.String("RemarkPYInitial", Initials(contact.RemarkPinyin));
        json.String("RemarkPYQuanPin", Joined(contact.RemarkPinyin));
        json.Number("StarFriend", 0);
        json.Number("AppAccountFlag", 0);
        json.Number("Statues", isGroup && !contact.IsMuted ? 1 : 0);
        json.Number("AttrStatus", contact.Kind == ContactKind.Friend ? 135_461 : 0);
        json.String("Province", isOpen ? contact.Province : "");
        json.String("City", isOpen ? contact.City : "");
        json.String("Alias", "");
        json.Number("SnsFlag", contact.Kind == ContactKind.Friend ? 1 : 0);
        json.Number("UniFriend", 0);
        json.String("DisplayName", "");
        json.Number("ChatRoomId", 0);
        json.String("KeyWord", KeyWord(contact));
        json.String("EncryChatRoomId", isGroup && detail == Detail.Full ? GroupKey(session, contact) : "");
        json.Number("IsOwner", detail == Detail.Full && isGroup && contact.Members.Count > 0 && contact.Members[0].Person == session.Account.Me ? 1 : 0);
        json.EndObject();
    }

    /// <summary>Gets a group's EncryChatRoomId, which requests about its members must contain.</summary>
    public static string GroupKey(WebSession session, Contact group) => "@" + session.UserNameOf(group)[2..34];

    /// <summary>An item of ModContactList or ModChatRoomMemberList.</summary>
    public static byte[] Changed(WebSession session, Contact contact)
    {
        bool isGroup = contact.Kind == ContactKind.Group;
        var json = new ServerJsonWriter();
        json.BeginObject();
        json.String("UserName", session.UserNameOf(contact));
        json.String("NickName", WireText.Name(contact.NickName));
        json.Number("Sex", contact.Sex);
        json.Number("HeadImgUpdateFlag", 1);
        json.Number("ContactType", 0);
        json.String("Alias", "");
        json.String("ChatRoomOwner", isGroup && contact.Members.Count > 0 ? MemberName(session, contact.Members[0].Person) : "");
        json.String("HeadImgUrl", AvatarUrl(session, contact, session.SKey));
        json.Number("ContactFlag", Flag(contact));
        json.Number("MemberCount", isGroup ? contact.Members.Count : 0);
        WriteMembers(json, session, contact, isGroup, names: true);
        json.Number("HideInputBarFlag", 0);
        json.String("Signature", WireText.Name(contact.Signature));
        json.Number("VerifyFlag", Verify(contact));
        json.String("RemarkName", WireText.Name(contact.RemarkName));
        json.Number("Statues", isGroup && !contact.IsMuted ? 1 : 0);
        json.Number("AttrStatus", 0);
        json.String("Province", "");
        json.String("City", "");
        json.Number("SnsFlag", 0);
        json.String("KeyWord", KeyWord(contact));
        json.EndObject();
        return json.ToArray();
    }

    /// <summary>An item of DelContactList.</summary>
    public static byte[] Removed(WebSession session, Contact contact)
    {
        var json = new ServerJsonWriter();
        json.BeginObject();
        json.String("UserName", session.UserNameOf(contact));
        json.Number("ContactFlag", 0);
        json.EndObject();
        return json.ToArray();
    }

    /// <summary>An item of a group's MemberList.</summary>
    public static void WriteMember(ServerJsonWriter json, WebSession session, GroupMember member, bool names)
    {
        json.BeginObject();
        json.Number("Uin", 0);
        json.String("UserName", MemberName(session, member.Person));
        json.String("NickName", names ? WireText.Name(member.Person.NickName) : "");
        json.Number("AttrStatus", names ? 135_461 : 0);
        json.String("PYInitial", "");
        json.String("PYQuanPin", "");
        json.String("RemarkPYInitial", "");
        json.String("RemarkPYQuanPin", "");
        json.Number("MemberStatus", 0);
        json.String("DisplayName", names ? WireText.Name(member.DisplayName) : "");
        json.String("KeyWord", "");
        json.EndObject();
    }

    /// <summary>Gets a person's user name, or that of the account itself.</summary>
    public static string MemberName(WebSession session, Contact person) =>
        person == session.Account.Me ? session.SelfUserName : session.UserNameOf(person);

    public static string AvatarUrl(WebSession session, Contact contact, string skey)
    {
        string endpoint = contact.Kind == ContactKind.Group ? "webwxgetheadimg" : "webwxgeticon";
        return $"{P}{endpoint}?seq={690_000_000 + contact.Version}&username={MemberName(session, contact)}&skey={skey}";
    }

    private static void WriteMembers(ServerJsonWriter json, WebSession session, Contact contact, bool listed, bool names)
    {
        json.BeginArray("MemberList");
        if (listed)
        {
            foreach (GroupMember member in contact.Members)
            {
                WriteMember(json, session, member, names);
            }
        }

        json.EndArray();
    }

    private static int Flag(Contact contact)
    {
        int flag = contact.Kind switch
        {
            ContactKind.Stranger => 0,
            ContactKind.Group => contact.IsSaved ? 3 : 2,
            _ => 3,
        };
        return flag | contact.ContactFlag | (contact.IsPinned ? 2048 : 0);
    }

    private static int Verify(Contact contact) => contact.VerifyFlag | (contact.Kind == ContactKind.Official ? 8 : 0);

    private static string Initials(string pinyin) =>
        string.Concat(pinyin.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word[0])).ToUpperInvariant();

    private static string Joined(string pinyin) => pinyin.Replace(" ", "", StringComparison.Ordinal);

    private static string KeyWord(Contact contact) => contact.Kind switch
    {
        ContactKind.Official => "gh_",
        ContactKind.System => contact.Id[..3],
        _ => "",
    };
}
