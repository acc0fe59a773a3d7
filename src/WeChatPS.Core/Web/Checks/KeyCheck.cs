using System;
using WeChatPS.Http;

namespace WeChatPS.Web.Checks;

/// <summary>
/// Whether polls use SyncCheckKey and fetches SyncKey. Some changes move only the first: a poll with the second would report them for ever.
/// </summary>
internal static class KeyCheck
{
    private const string Advice =
        "This is a mistake in the module: please report it. Polls with the wrong key are answered at once again and again.";

    public static Finding Examine(WebCursor cursor, WireRequest poll, WireRequest fetch)
    {
        if (!Uses(fetch, cursor.Fetch)) return Finding.Problem("Fetches do not carry the last SyncKey.", Advice);
        if (!Polls(poll, cursor.Poll)) return Finding.Problem("Polls do not carry the last SyncCheckKey.", Advice);
        return cursor.Check is null
            ? Finding.Note("Polls and fetches use SyncKey: the server has not sent a SyncCheckKey. It comes with the first fetch.")
            : Finding.Ok("Polls use SyncCheckKey, fetches use SyncKey.");
    }

    private static bool Polls(WireRequest poll, SyncKey key) =>
        Array.IndexOf(poll.Uri.Query.TrimStart('?').Split('&'), "synckey=" + Uri.EscapeDataString(key.ToQuery())) >= 0;

    private static bool Uses(WireRequest fetch, SyncKey key) => key.Equals(SyncKey.Read(JsonSlice.Root(fetch.Body).Find("SyncKey"u8)));
}
