using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Emulator.State;

/// <summary>The recent chats, which a new login receives first.</summary>
internal static class RecentChats
{
    private const int Friends = 10;

    public static IReadOnlyList<Contact> Of(Account account) =>
    [
        account.FileHelper,
        .. account.ContactList.Where(c => c.Kind is ContactKind.Friend or ContactKind.Official).Take(Friends),
        .. account.ContactList.Where(c => c.Kind == ContactKind.Group),
    ];
}
