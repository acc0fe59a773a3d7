using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Web;

/// <summary>The response to webwxinit: the account, its sync key and its recent chats.</summary>
internal sealed class InitReply
{
    private const string Endpoint = "webwxinit";

    private InitReply(BaseResponse response) => Response = response;

    public BaseResponse Response { get; }

    /// <summary>The account; null when the server sent an empty structure.</summary>
    public WeChatContact? User { get; private init; }

    /// <summary>The account's number; 0 when the server sent none.</summary>
    public long Uin { get; private init; }

    /// <summary>The sync key; null when the server sent none.</summary>
    public SyncKey? SyncKey { get; private init; }

    /// <summary>The skey for all further requests; empty when it did not change.</summary>
    public string Skey { get; private init; } = "";

    /// <summary>The recent chats. Groups include their members, usually without names.</summary>
    public IReadOnlyList<WeChatContact> Contacts { get; private init; } = [];

    /// <summary>The user names of recent chats, latest first. Groups among them may be missing in the address book.</summary>
    public IReadOnlyList<string> Chats { get; private init; } = [];

    /// <summary>The latest articles of official accounts.</summary>
    public IReadOnlyList<WeChatArticle> Articles { get; private init; } = [];

    /// <summary>The group size from which new members must be invited instead of added.</summary>
    public int InviteStartCount { get; private init; }

    /// <summary>Whether the session is usable: account and sync key are present.</summary>
    public bool IsUsable => Response.Ret == 0 && User is not null && SyncKey is not null;

    /// <summary>Whether the session is over: a code for that, or Ret 1 with an empty account.</summary>
    public bool IsSessionOver => SyncClassification.IsFatal(Response.Ret) || (Response.Ret == 1 && User is null);

    /// <exception cref="WireReplyException">The response is invalid, or has no account or sync key despite Ret 0.</exception>
    public static InitReply Parse(ReadOnlySpan<byte> body)
    {
        JsonSlice root = ReplyJson.Open(Endpoint, body);
        WeChatContact? user = ContactJson.Read(root.Find("User"u8));
        var reply = new InitReply(BaseResponse.Read(Endpoint, root, body))
        {
            User = user is null ? null : user with { Kind = ContactKind.Self },
            Uin = root.Find("User"u8).Find("Uin"u8).AsInt64(),
            SyncKey = SyncKey.Read(root.Find("SyncKey"u8)),
            Skey = root.Find("SKey"u8).AsText(),
            Contacts = ContactJson.ReadList(root.Find("ContactList"u8)),
            Chats = [.. root.Find("ChatSet"u8).AsText(ContactLimits.ListBytes).Split([','], StringSplitOptions.RemoveEmptyEntries)
                .Where(userName => userName.Length <= ContactLimits.UserName).Distinct().Take(ContactLimits.Contacts)],
            Articles = ArticleJson.ReadList(root.Find("MPSubscribeMsgList"u8)),
            InviteStartCount = root.Find("InviteStartCount"u8).AsInt32(),
        };
        return reply.Response.Ret != 0 || reply.IsUsable
            ? reply
            : throw new WireReplyException(Endpoint, reply.User is null ? "User is missing" : "SyncKey is missing", body);
    }
}
