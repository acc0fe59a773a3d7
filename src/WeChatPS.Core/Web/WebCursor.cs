using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>The session's two sync keys. They advance separately: some events change only the second one.</summary>
/// <param name="Fetch">SyncKey, for fetches.</param>
/// <param name="Check">SyncCheckKey, for polls; null before the first fetch.</param>
internal sealed record WebCursor(SyncKey Fetch, SyncKey? Check)
{
    private const char Separator = ';';

    /// <summary>The key for polls.</summary>
    public SyncKey Poll => Check ?? Fetch;

    /// <summary>Parses the text of <see cref="ToCursor"/>.</summary>
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

    /// <summary>Gets the cursor after a fetch. A key that the response does not contain remains unchanged.</summary>
    public WebCursor After(SyncBatchReply reply) => new(reply.FetchKey ?? Fetch, reply.CheckKey ?? Check);
}
