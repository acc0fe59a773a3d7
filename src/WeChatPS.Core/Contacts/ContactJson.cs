using System.Collections.Generic;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads contacts and members from responses. Invalid items are left out, and long texts are cut (<see cref="ContactLimits"/>).</summary>
internal static class ContactJson
{
    /// <summary>Reads a list of contacts.</summary>
    /// <param name="list">The list.</param>
    /// <param name="isDetailed">Whether the list has valid IsOwner values. In other lists, IsOwner is always 0.</param>
    public static List<WeChatContact> ReadList(JsonSlice list, bool isDetailed = false)
    {
        var contacts = new List<WeChatContact>();
        int members = ContactLimits.Members + 1;
        foreach (JsonSlice item in list.Items)
        {
            // One more than is kept, so that the contact book sees that there are too many.
            if (contacts.Count > ContactLimits.Contacts)
                break;
            if (Read(item, isDetailed, ref members) is { } contact)
                contacts.Add(contact);
        }
        return contacts;
    }

    /// <summary>Reads one contact; null without a user name.</summary>
    public static WeChatContact? Read(JsonSlice item)
    {
        int members = ContactLimits.Members + 1;
        return Read(item, isDetailed: false, ref members);
    }

    /// <param name="item">The contact.</param>
    /// <param name="isDetailed">Whether the contact has a valid IsOwner value.</param>
    /// <param name="membersLeft">How many members of groups may still be read.</param>
    private static WeChatContact? Read(JsonSlice item, bool isDetailed, ref int membersLeft)
    {
        if (BoundedText.Whole(item.Find("UserName"u8), ContactLimits.UserName) is not { Length: > 0 } userName)
            return null;
        bool isCut = false;
        var flags = (ContactFlags)item.Find("ContactFlag"u8).AsInt32();
        if (item.Find("StarFriend"u8).AsInt32() != 0)
            flags |= ContactFlags.Starred;
        var verify = (VerifyFlags)item.Find("VerifyFlag"u8).AsInt32();
        List<WeChatGroupMember> members = ReadMembers(item.Find("MemberList"u8), ref membersLeft, ref isCut);
        return new WeChatContact(userName)
        {
            NickName = BoundedText.Decoded(item.Find("NickName"u8), ContactLimits.Name, ref isCut),
            RemarkName = BoundedText.Decoded(item.Find("RemarkName"u8), ContactLimits.Name, ref isCut),
            SaysRemark = (flags & ContactFlags.Contact) != 0 && item.Find("RemarkName"u8).Length > 0,
            DisplayName = BoundedText.Decoded(item.Find("DisplayName"u8), ContactLimits.Name, ref isCut),
            NickSpelling = BoundedText.Decoded(item.Find("PYQuanPin"u8), ContactLimits.Text, ref isCut),
            RemarkSpelling = BoundedText.Decoded(item.Find("RemarkPYQuanPin"u8), ContactLimits.Text, ref isCut),
            Alias = BoundedText.Whole(item.Find("Alias"u8), ContactLimits.Name),
            Flags = flags,
            Verify = verify,
            Kind = ContactKinds.Of(userName, flags, verify),
            NotifyState = ReadNotifyState(item),
            Gender = item.Find("Sex"u8).AsInt32() switch { 1 => Gender.Male, 2 => Gender.Female, _ => Gender.Unknown },
            Province = BoundedText.Decoded(item.Find("Province"u8), ContactLimits.Name, ref isCut),
            City = BoundedText.Decoded(item.Find("City"u8), ContactLimits.Name, ref isCut),
            Signature = BoundedText.Decoded(item.Find("Signature"u8), ContactLimits.Text, ref isCut),
            MemberCount = members.Count > 0 ? members.Count : item.Find("MemberCount"u8).AsInt32(),
            GroupOwner = BoundedText.Whole(item.Find("ChatRoomOwner"u8), ContactLimits.UserName),
            IsOwner = ReadOwnership(item, isDetailed && ContactKinds.IsGroup(userName)),
            AvatarPath = Skeys.Strip(BoundedText.Whole(item.Find("HeadImgUrl"u8), ContactLimits.AvatarPath)),
            GroupKey = BoundedText.Whole(item.Find("EncryChatRoomId"u8), ContactLimits.Text),
            Members = members,
            IsCut = isCut,
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

    private static List<WeChatGroupMember> ReadMembers(JsonSlice list, ref int left, ref bool isCut)
    {
        var members = new List<WeChatGroupMember>();
        foreach (JsonSlice item in list.Items)
        {
            if (members.Count > ContactLimits.MembersOfGroup || left == 0)
                break;
            if (BoundedText.Whole(item.Find("UserName"u8), ContactLimits.UserName) is not { Length: > 0 } userName)
                continue;
            members.Add(new WeChatGroupMember(userName)
            {
                NickName = BoundedText.Decoded(item.Find("NickName"u8), ContactLimits.Name, ref isCut),
                DisplayName = BoundedText.Decoded(item.Find("DisplayName"u8), ContactLimits.Name, ref isCut),
            });
            left--;
        }
        return members;
    }
}
