using System;
using System.Collections.Generic;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>The response to webwxsync. Messages remain slices of the response's bytes. Everything else is parsed.</summary>
internal sealed class SyncBatchReply
{
    private const string Endpoint = "webwxsync";
    // The value of Profile.BitFlag at which the official web client updates the profile.
    private const int ProfileChanged = 190;

    private readonly List<SyncItem> _items = [];
    private readonly List<WeChatContact> _changed = [];
    private readonly List<string> _removed = [];
    private readonly List<KeyValuePair<string, string>> _ids = [];

    private long _announced;
    private bool _hasList;

    private SyncBatchReply()
    {
    }

    public BaseResponse Response { get; private set; } = new(0, "");

    public IReadOnlyList<SyncItem> Items => _items;

    /// <summary>The new and changed contacts. Groups include their members if the server sent them.</summary>
    public IReadOnlyList<WeChatContact> ChangedContacts => _changed;

    /// <summary>The user names of removed contacts.</summary>
    public IReadOnlyList<string> RemovedContacts => _removed;

    /// <summary>The user names and permanent ids from the list of recent chats.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> StableIds => _ids;

    /// <summary>The SyncKey; null if it did not change.</summary>
    public SyncKey? FetchKey { get; private set; }

    /// <summary>The SyncCheckKey; null if it did not change.</summary>
    public SyncKey? CheckKey { get; private set; }

    /// <summary>Whether the server has more data now (<c>ContinueFlag</c>).</summary>
    public bool HasMore { get; private set; }

    /// <summary>The skey for all further requests; empty when it did not change.</summary>
    public string Skey { get; private set; } = "";

    /// <summary>The account's new nickname; null if it did not change.</summary>
    public string? NewNickName { get; private set; }

    /// <summary>The user name of the account whose profile the server sent; empty without one.</summary>
    public string ProfileUserName { get; private set; } = "";

    /// <exception cref="WireReplyException">The response is invalid or incomplete, so its sync keys must not be used.</exception>
    public static SyncBatchReply Parse(ReadOnlyMemory<byte> body)
    {
        JsonSlice root = JsonSlice.Root(body.Span);
        if (!root.IsObject)
            throw new WireReplyException(Endpoint, "it is not JSON", body.Span);
        var reply = new SyncBatchReply();
        bool isSyncReply = false;
        JsonProperties properties = root.Properties;
        while (properties.MoveNext())
            isSyncReply |= reply.Take(properties.Current, body);
        if (!properties.IsComplete)
            throw ReplyJson.Broken(Endpoint, body.Span);

        // Its keys would skip the messages that it announces.
        if (reply._announced > 0 && !reply._hasList)
            throw new WireReplyException(Endpoint, "AddMsgCount announces messages, and AddMsgList has none", body.Span);
        return isSyncReply ? reply : throw new WireReplyException(Endpoint, "it has neither BaseResponse nor messages", body.Span);
    }

    /// <summary>Gets the batch for the sync loop.</summary>
    public SyncBatch ToBatch(WebCursor current) => new(Items, current.After(this).ToCursor(), HasMore);

    // Returns whether only this endpoint's response has such a property.
    private bool Take(JsonProperty property, ReadOnlyMemory<byte> body)
    {
        JsonSlice value = property.Value;
        if (property.Is("AddMsgCount"u8))
        {
            _announced = value.AsInt64();
            return false;
        }
        if (property.Is("AddMsgList"u8))
        {
            _hasList |= value.IsArray;
            foreach (JsonSlice item in value.Items)
            {
                // A bare number or text is no message, and has nothing to lose.
                if (!item.IsObject) continue;
                _items.Add(MessageIdentity.Identify(item, body.Slice(item.Start, item.Length)) with { Earns = Earns(item) });
                _ids.AddRange(RecentChats.Read(item));
            }
            return value.IsArray;
        }
        if (property.Is("BaseResponse"u8))
        {
            Response = BaseResponse.Read(value);
            return value.IsObject;
        }
        if (property.Is("ModContactList"u8) || property.Is("ModChatRoomMemberList"u8))
            _changed.AddRange(ContactJson.ReadList(value));
        else if (property.Is("DelContactList"u8))
            TakeRemoved(value);
        else if (property.Is("Profile"u8))
            TakeProfile(value);
        else if (property.Is("ContinueFlag"u8))
            HasMore = value.AsInt64() != 0;
        else if (property.Is("SyncKey"u8))
            FetchKey = SyncKey.Read(value);
        else if (property.Is("SyncCheckKey"u8))
            CheckKey = SyncKey.Read(value);
        else if (property.Is("SKey"u8))
            Skey = value.AsText();
        return false;
    }

    // Only what people write earns speed: neither status messages, of which a phone sends many, nor an object that is no message.
    private static bool Earns(JsonSlice item) =>
        item.Find("MsgType"u8).AsInt32() is > 0 and var type && MessageKinds.OfType(type) != MessageKind.Status
        && item.Find("FromUserName"u8).Length > 2;

    private void TakeRemoved(JsonSlice list)
    {
        foreach (JsonSlice item in list.Items)
        {
            if (item.Find("UserName"u8).AsText() is { Length: > 0 } userName)
                _removed.Add(userName);
        }
    }

    private void TakeProfile(JsonSlice profile)
    {
        ProfileUserName = profile.Find("UserName"u8).Find("Buff"u8).AsText();
        if (profile.Find("BitFlag"u8).AsInt32() == ProfileChanged
            && WireText.Decode(profile.Find("NickName"u8).Find("Buff"u8).AsText()) is { Length: > 0 } name)
            NewNickName = name;
    }
}
