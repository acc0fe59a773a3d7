using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <content>Keeps the book within <see cref="ContactLimits"/>.</content>
internal sealed partial class ContactBook
{
    private const int WorthForgetting = ContactLimits.Contacts / 20;

    private int _contactCount;
    private int _strangerCount;
    private int _memberCount;
    private Limit _said;

    [Flags]
    private enum Limit
    {
        None = 0,
        Contacts = 1,
        Group = 2,
        Members = 4,
        Text = 8,
        Ids = 16,
    }

    /// <summary>Called with a sentence when a limit is reached, once each.</summary>
    public Action<string>? Limited { get; set; }

    /// <remarks>The caller holds the lock, here and below.</remarks>
    private bool HasRoomFor(WeChatContact contact)
    {
        if (_contactCount < ContactLimits.Contacts || contact.Kind == ContactKind.Self || Find(contact.UserName) is not null) return true;

        // Strangers only give older messages their names. They go many at once, because the search for them costs time.
        if (_strangerCount < WorthForgetting)
        {
            Say(Limit.Contacts);
            return false;
        }

        foreach (WeChatContact stranger in _contacts.Values.Where(IsStranger)) Forget(stranger.UserName);
        Changed();
        return true;
    }

    private void Store(WeChatContact contact)
    {
        if (_contacts.TryGetValue(contact.UserName, out WeChatContact? old)) Uncount(old);
        _contacts[contact.UserName] = contact;
        _contactCount++;
        if (IsStranger(contact)) _strangerCount++;
    }

    private void Forget(string userName)
    {
        if (_contacts.TryRemove(userName, out WeChatContact? old)) Uncount(old);
    }

    private void Uncount(WeChatContact old)
    {
        _contactCount--;
        if (IsStranger(old)) _strangerCount--;
    }

    private static bool IsStranger(WeChatContact contact) => contact.Kind == ContactKind.Stranger;

    private IEnumerable<WeChatGroupMember> Bounded(IEnumerable<WeChatGroupMember> members)
    {
        int count = 0;
        foreach (WeChatGroupMember member in members)
        {
            if (++count > ContactLimits.MembersOfGroup)
            {
                Say(Limit.Group);
                yield break;
            }

            yield return member;
        }
    }

    private void StoreMembers(string groupUserName, GroupMembers members)
    {
        if (_members.TryGetValue(groupUserName, out GroupMembers? old)) _memberCount -= old.List.Count;
        _members[groupUserName] = members;
        _memberCount += members.List.Count;

        // The members of a group that was forgotten are loaded again when they are needed.
        while (_memberCount > ContactLimits.Members && _members.FirstOrDefault(one => one.Key != groupUserName).Key is { } other)
        {
            Say(Limit.Members);
            ForgetMembers(other);
        }
    }

    private void ForgetMembers(string groupUserName)
    {
        if (_members.TryRemove(groupUserName, out GroupMembers? old)) _memberCount -= old.List.Count;
    }

    private void Say(Limit limit)
    {
        if ((_said & limit) != 0) return;
        _said |= limit;
        Limited?.Invoke(limit switch
        {
            Limit.Contacts => $"WeChat sent more than {ContactLimits.Contacts} contacts. The others are not kept.",
            Limit.Group => $"WeChat sent a group with more than {ContactLimits.MembersOfGroup} members. The others are not kept.",
            Limit.Members => $"WeChat sent more than {ContactLimits.Members} group members. Those of some groups are loaded again when needed.",
            Limit.Ids => $"WeChat sent more than {ContactLimits.Contacts} ids of contacts. The others are not kept.",
            _ => "WeChat sent names or other texts of contacts that are too long. They are cut, and end in …",
        });
    }
}
