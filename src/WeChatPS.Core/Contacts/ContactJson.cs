using System.Collections.Generic;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads contacts and members from responses. Invalid items are left out.</summary>
internal static class ContactJson
{
    /// <summary>Reads a list of contacts.</summary>
    /// <param name="list">The list.</param>
    /// <param name="isDetailed">Whether the list has valid IsOwner values. In other lists, IsOwner is always 0.</param>
    public static List<WeChatContact> ReadList(JsonSlice list, bool isDetailed = false)
    {
        var contacts = new List<WeChatContact>();
        foreach (JsonSlice item in list.Items)
        {
            if (Read(item, isDetailed) is { } contact)
                contacts.Add(contact);
        }
        return contacts;
    }

    /// <summary>Reads one contact; null without a user name.</summary>
    public static WeChatContact? Read(JsonSlice item, bool isDetailed = false)
    {
        string userName = item.Find("UserName"u8).AsText();
        if (userName.Length == 0)
            return null;
        var flags = (ContactFlags)item.Find("ContactFlag"u8).AsInt32();
        if (item.Find("StarFriend"u8).AsInt32() != 0)
            flags |= ContactFlags.Starred;
        var verify = (VerifyFlags)item.Find("VerifyFlag"u8).AsInt32();
        List<WeChatGroupMember> members = ReadMembers(item.Find("MemberList"u8));
        return new WeChatContact(userName)
        {
            NickName = Name(item.Find("NickName"u8)),
            RemarkName = Name(item.Find("RemarkName"u8)),
            SaysRemark = (flags & ContactFlags.Contact) != 0 && item.Find("RemarkName"u8).Length > 0,
            DisplayName = Name(item.Find("DisplayName"u8)),
            NickSpelling = Name(item.Find("PYQuanPin"u8)),
            RemarkSpelling = Name(item.Find("RemarkPYQuanPin"u8)),
            Alias = item.Find("Alias"u8).AsText(),
            Flags = flags,
            Verify = verify,
            Kind = ContactKinds.Of(userName, flags, verify),
            NotifyState = ReadNotifyState(item),
            Gender = item.Find("Sex"u8).AsInt32() switch { 1 => Gender.Male, 2 => Gender.Female, _ => Gender.Unknown },
            Province = Name(item.Find("Province"u8)),
            City = Name(item.Find("City"u8)),
            Signature = Name(item.Find("Signature"u8)),
            MemberCount = members.Count > 0 ? members.Count : item.Find("MemberCount"u8).AsInt32(),
            GroupOwner = item.Find("ChatRoomOwner"u8).AsText(),
            IsOwner = ReadOwnership(item, isDetailed && ContactKinds.IsGroup(userName)),
            AvatarPath = Skeys.Strip(item.Find("HeadImgUrl"u8).AsText()),
            GroupKey = item.Find("EncryChatRoomId"u8).AsText(),
            Members = members,
        };
    }

    // webwxinit sends 0 for unknown data of a group.
    private static int? ReadNotifyState(JsonSlice item)
    {
        JsonSlice state = item.Find("Statues"u8);
        return state.Length == 0 || (state.AsInt32() == 0 && item.Find("ContactFlag"u8).AsInt32() == 0) ? null : state.AsInt32();
    }

    private static bool? ReadOwnership(JsonSlice item, bool isSaid)
    {
        JsonSlice owner = item.Find("IsOwner"u8);
        return owner.AsInt32() != 0 ? true : isSaid && owner.Length > 0 ? false : null;
    }

    private static List<WeChatGroupMember> ReadMembers(JsonSlice list)
    {
        var members = new List<WeChatGroupMember>();
        foreach (JsonSlice item in list.Items)
        {
            string userName = item.Find("UserName"u8).AsText();
            if (userName.Length > 0)
            {
                members.Add(new WeChatGroupMember(userName)
                {
                    NickName = Name(item.Find("NickName"u8)),
                    DisplayName = Name(item.Find("DisplayName"u8)),
                });
            }
        }
        return members;
    }

    // Names have the same markup as messages.
    private static string Name(JsonSlice value) => WireText.Decode(value.AsText());
}
