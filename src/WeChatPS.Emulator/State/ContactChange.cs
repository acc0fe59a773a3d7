using System;

namespace WeChatPS.Emulator.State;

/// <summary>The list of a reply to webwxsync that a change stands in.</summary>
internal enum ChangeList
{
    /// <summary>ModContactList: somebody new, or changed.</summary>
    Contacts,

    /// <summary>ModChatRoomMemberList: a group, for the sake of its members.</summary>
    Members,

    /// <summary>DelContactList.</summary>
    Removals,
}

/// <summary>A contact that was added, changed or removed, as it stands in a reply to webwxsync.</summary>
/// <param name="Contact">Whom it is about.</param>
/// <param name="List">Where it stands.</param>
/// <param name="Json">The item.</param>
internal readonly record struct ContactChange(Contact Contact, ChangeList List, ReadOnlyMemory<byte> Json);
