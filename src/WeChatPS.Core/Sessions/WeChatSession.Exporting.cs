using System;
using System.Collections.Generic;
using System.IO.Hashing;
using System.Security;
using System.Text;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS;

/// <content>A session as one secret text, to go on with elsewhere.</content>
public sealed partial class WeChatSession
{
    /// <summary>Credentials, keys and cookies as they are now, and nothing of what waits in the inbox.</summary>
    /// <returns>The secret, and what there is to warn of.</returns>
    /// <exception cref="WeChatException">Not connected; or as <see cref="SavedSession.ToSecureString"/> says.</exception>
    internal (SecureString Secret, IReadOnlyList<string> Warnings) Export()
    {
        ThrowUnlessConnected();
        SecureString secret = (ToSaved(Time.GetUtcNow()) with { Cursor = _inbox!.Cursor.Value }).ToSecureString();
        return (secret, StaysBehind(Name, PendingCount));
    }

    /// <summary>The same of a session that is saved and not in use.</summary>
    /// <param name="store">Where it is saved.</param>
    /// <param name="name">Its name.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="WeChatException">There is none, it is in use, or it cannot be read.</exception>
    internal static (SecureString Secret, IReadOnlyList<string> Warnings) Export(SessionStore store, string name, TimeProvider time)
    {
        using SessionFolder folder = store.OpenSaved(name);
        SavedSession saved = folder.Load() ?? throw SessionStore.NotSaved(name);
        using Inbox inbox = Inbox.OpenFile(folder.InboxPath, folder.DeadLetterPath, time.GetUtcNow(), out string? damaged);
        SyncCursor cursor = inbox.CursorOf(LoginIdOf(saved.Credentials.Sid));
        SecureString secret = (saved with { Cursor = cursor.IsEmpty ? null : cursor.Value }).ToSecureString();
        List<string> warnings = StaysBehind(name, inbox.Pending);
        if (damaged is not null) warnings.Add(InboxWasDamaged(name, damaged));
        return (secret, warnings);
    }

    private static List<string> StaysBehind(string name, int waiting) => waiting == 0
        ? []
        : [$"{waiting} messages wait in the inbox of '{name}'. They stay there: the export begins after them."];

    /// <summary>Whether it is the one that a store holds under its name.</summary>
    internal bool IsSavedIn(string root) =>
        !IsEphemeral && string.Equals(_options.StorePath ?? SessionStore.DefaultRoot, root, StringComparison.Ordinal);

    /// <summary>By what the files beside a session know a login: nothing that logs in.</summary>
    private static ulong LoginIdOf(string sid) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(sid));

    private static string InboxWasDamaged(string name, string copy) =>
        $"The inbox of '{name}' was damaged; a copy is at {copy}. What is missing is fetched again.";
}
