using System;

namespace WeChatPS.Emulator.State;

/// <summary>The list for a change in a response to webwxsync.</summary>
internal enum ChangeList
{
    /// <summary>ModContactList: new and changed contacts.</summary>
    Contacts,

    /// <summary>ModChatRoomMemberList: groups with changed members.</summary>
    Members,

    /// <summary>DelContactList.</summary>
    Removals,
}

/// <summary>A contact that was added, changed or removed, in its form for webwxsync.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="List">The list.</param>
/// <param name="Json">The item.</param>
internal readonly record struct ContactChange(Contact Contact, ChangeList List, ReadOnlyMemory<byte> Json);
