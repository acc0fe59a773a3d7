using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>Where a session stands at the server. The two keys advance apart: some things move only the second.</summary>
/// <param name="Fetch">SyncKey: what was fetched.</param>
/// <param name="Check">SyncCheckKey: what a poll need not report again; null until the first fetch brought one.</param>
internal sealed record WebCursor(SyncKey Fetch, SyncKey? Check)
{
    private const char Separator = ';';

    /// <summary>The key for polls.</summary>
    public SyncKey Poll => Check ?? Fetch;

    /// <summary>Reads what <see cref="ToCursor"/> wrote.</summary>
    public static bool TryRead(SyncCursor cursor, out WebCursor web)
    {
        string[] parts = (cursor.Value ?? "").Split(Separator);
        SyncKey? check = null;
        bool readable = SyncKey.TryParse(parts[0], out SyncKey fetch)
            && (parts.Length == 1 || (parts.Length == 2 && SyncKey.TryParse(parts[1], out check)));
        web = new WebCursor(fetch, check);
        return readable;
    }

    public SyncCursor ToCursor() => new(Check is null ? Fetch.ToQuery() : Fetch.ToQuery() + Separator + Check.ToQuery());

    /// <summary>The cursor after a fetch: a key that the reply did not bring stays.</summary>
    public WebCursor After(SyncBatchReply reply) => new(reply.FetchKey ?? Fetch, reply.CheckKey ?? Check);
}
