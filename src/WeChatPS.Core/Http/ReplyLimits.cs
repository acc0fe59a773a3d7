namespace WeChatPS.Http;

/// <summary>
/// The largest response that is read into memory, in decompressed bytes, for each kind of request. Real responses have less than a tenth.
/// Together with what is made of them, the process stays below 300 MB whatever a server sends.
/// </summary>
internal static class ReplyLimits
{
    private const int MB = 1024 * 1024;

    /// <summary>For lists of contacts: an account can have about 10,000, with up to 2 KB each.</summary>
    public const int AddressBook = 32 * MB;

    /// <summary>For batches of messages and of groups: 50 messages of up to 64 KB, or 50 groups with 500 members of 400 bytes. Also for what a user asks for.</summary>
    public const int Batch = 16 * MB;

    /// <summary>For codes, receipts and pages of the login, which have up to some KB.</summary>
    public const int Receipt = MB;

    public static int Of(string endpoint) => endpoint switch
    {
        "webwxgetcontact" => AddressBook,
        "jslogin" or "login" or "webwxpushloginurl" or "webwxnewloginpage" or "webwxlogout" or "webwxstatusnotify"
            or "webwxsendmsg" or "webwxsendmsgimg" or "webwxsendvideomsg" or "webwxsendappmsg" or "webwxsendemoticon"
            or "webwxrevokemsg" or "webwxuploadmedia" or "webwxcheckupload" or "webwxoplog" => Receipt,
        _ => Batch,
    };
}
