using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Web;

/// <summary>The reply to webwxinit: the account, where its history stands, its recent conversations.</summary>
internal sealed class InitReply
{
    private const string Endpoint = "webwxinit";

    private InitReply(BaseResponse response) => Response = response;

    public BaseResponse Response { get; }

    /// <summary>The account; null when the server sent an empty structure.</summary>
    public WeChatContact? User { get; private init; }

    /// <summary>Where the history stands now; null when the server sent none.</summary>
    public SyncKey? SyncKey { get; private init; }

    /// <summary>The key for all further requests; empty when the old one stays.</summary>
    public string Skey { get; private init; } = "";

    /// <summary>Recent conversations, groups with their members (whose names are mostly empty here).</summary>
    public IReadOnlyList<WeChatContact> Contacts { get; private init; } = [];

    /// <summary>User names of recent conversations, latest first: groups among them are real even when no contact says so.</summary>
    public IReadOnlyList<string> Chats { get; private init; } = [];

    /// <summary>What official accounts sent last.</summary>
    public IReadOnlyList<WeChatArticle> Articles { get; private init; } = [];

    /// <summary>From this many members on a group has to be invited into instead of added to.</summary>
    public int InviteStartCount { get; private init; }

    /// <summary>Whether this session can be used: the account and its history are there.</summary>
    public bool IsUsable => Response.Ret == 0 && User is not null && SyncKey is not null;

    /// <summary>Whether the server says that the session is over: with its code, or with Ret 1 and an empty structure.</summary>
    public bool IsSessionOver => SyncClassification.IsFatal(Response.Ret) || (Response.Ret == 1 && User is null);

    /// <exception cref="WireReplyException">It is not this endpoint's reply, or it accepts without account or keys.</exception>
    public static InitReply Parse(ReadOnlySpan<byte> body)
    {
        JsonSlice root = ReplyJson.Open(Endpoint, body);
        WeChatContact? user = ContactJson.Read(root.Find("User"u8));
        var reply = new InitReply(BaseResponse.Read(Endpoint, root, body))
        {
            User = user is null ? null : user with { Kind = ContactKind.Self },
            SyncKey = SyncKey.Read(root.Find("SyncKey"u8)),
            Skey = root.Find("SKey"u8).AsText(),
            Contacts = ContactJson.ReadList(root.Find("ContactList"u8)),
            Chats = [.. root.Find("ChatSet"u8).AsText().Split([','], StringSplitOptions.RemoveEmptyEntries).Distinct()],
            Articles = ArticleJson.ReadList(root.Find("MPSubscribeMsgList"u8)),
            InviteStartCount = root.Find("InviteStartCount"u8).AsInt32(),
        };
        return reply.Response.Ret != 0 || reply.IsUsable
            ? reply
            : throw new WireReplyException(Endpoint, reply.User is null ? "User is missing" : "SyncKey is missing", body);
    }
}
