using System;

namespace WeChatPS.Emulator.State;

/// <summary>A contact that was added, changed or removed, as it stands in a reply to webwxsync.</summary>
/// <param name="Contact">Whom it is about.</param>
/// <param name="IsRemoval">Whether it belongs into DelContactList.</param>
/// <param name="Json">The item.</param>
internal readonly record struct ContactChange(Contact Contact, bool IsRemoval, ReadOnlyMemory<byte> Json);
