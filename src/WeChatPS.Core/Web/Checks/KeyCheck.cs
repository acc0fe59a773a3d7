using System;
using WeChatPS.Http;

namespace WeChatPS.Web.Checks;

/// <summary>
/// Checks that polls use SyncCheckKey and fetches SyncKey. Some changes advance only SyncCheckKey. A poll with SyncKey would report them forever.
/// </summary>
internal static class KeyCheck
{
    private const string Advice =
        "This is a bug in the module. Please report it. Polls with the wrong key return immediately.";

    public static Finding Examine(WebCursor cursor, WireRequest poll, WireRequest fetch)
    {
        if (!Uses(fetch, cursor.Fetch)) return Finding.Problem("Fetches do not use the last SyncKey.", Advice);
        if (!Polls(poll, cursor.Poll)) return Finding.Problem("Polls do not use the last SyncCheckKey.", Advice);
        return cursor.Check is null
            ? Finding.Note("Polls and fetches use SyncKey. The server sends SyncCheckKey with the first fetch.")
            : Finding.Ok("Polls use SyncCheckKey, fetches use SyncKey.");
    }

    private static bool Polls(WireRequest poll, SyncKey key) =>
        Array.IndexOf(poll.Uri.Query.TrimStart('?').Split('&'), "synckey=" + Uri.EscapeDataString(key.ToQuery())) >= 0;

    private static bool Uses(WireRequest fetch, SyncKey key) => key.Equals(SyncKey.Read(JsonSlice.Root(fetch.Body).Find("SyncKey"u8)));
}
