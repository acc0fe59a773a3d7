using System;
using System.Collections.Generic;
using System.IO.Hashing;
using System.Security;
using System.Text;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS;

/// <content>Exporting a session.</content>
public sealed partial class WeChatSession
{
    /// <summary>Exports the current credentials, keys and cookies, without pending messages.</summary>
    /// <returns>The secret and the warnings.</returns>
    /// <exception cref="WeChatException">The session is not connected, or see <see cref="SavedSession.ToSecureString"/>.</exception>
    internal (SecureString Secret, IReadOnlyList<string> Warnings) Export()
    {
        ThrowUnlessConnected();
        SecureString secret = (ToSaved(Time.GetUtcNow()) with { Cursor = _inbox!.Cursor.Value }).ToSecureString();
        return (secret, WarningsOfPending(Name, PendingCount));
    }

    /// <summary>Exports a saved session that is not in use.</summary>
    /// <param name="store">The saved sessions.</param>
    /// <param name="name">The name of the session.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="WeChatException">The session does not exist, is in use, or is not readable.</exception>
    internal static (SecureString Secret, IReadOnlyList<string> Warnings) Export(SessionStore store, string name, TimeProvider time)
    {
        using SessionFolder folder = store.OpenSaved(name);
        SavedSession saved = folder.Load() ?? throw SessionStore.NotSaved(name);
        using Inbox inbox = Inbox.OpenFile(folder.InboxPath, folder.DeadLetterPath, time.GetUtcNow(), out string? damaged);
        SyncCursor cursor = inbox.CursorOf(LoginIdOf(saved.Credentials.Sid));
        SecureString secret = (saved with { Cursor = cursor.IsEmpty ? null : cursor.Value }).ToSecureString();
        List<string> warnings = WarningsOfPending(name, inbox.Pending);
        if (damaged is not null) warnings.Add(InboxWasDamaged(name, damaged));
        return (secret, warnings);
    }

    private static List<string> WarningsOfPending(string name, int pending) => pending == 0
        ? []
        : [$"The inbox of '{name}' has {pending} pending messages. The export does not include them."];

    /// <summary>Whether the session is saved in this folder.</summary>
    internal bool IsSavedIn(string root) =>
        !IsEphemeral && string.Equals(_options.StorePath ?? SessionStore.DefaultRoot, root, StringComparison.Ordinal);

    /// <summary>Gets the id of a login for the session's files. It is a hash and no credential.</summary>
    private static ulong LoginIdOf(string sid) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(sid));

    private static string InboxWasDamaged(string name, string copy) =>
        $"The inbox of '{name}' was damaged. A copy is at {copy}. Missing messages are fetched again.";
}
