using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Emulator.Wire;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The response of webwxsync. Messages are inserted in their serialized form, so a fetch does not serialize them again.</summary>
internal static class SyncReply
{
    private const int ProfileChanged = 190;

    private static readonly SyncTurn s_nothing = new([], [], false, [], []);

    public static HttpReply Refused(int ret, string words) => Of(s_nothing, "", ret, words);

    public static HttpReply Of(SyncTurn turn, string newSKey, int ret = 0, string words = "") => JsonReply.Of(
        json =>
        {
            WriteItems(json, "AddMsg", turn.Messages);
            // A response contains the current state, so only the last of several changes to a contact.
            ContactChange[] changes = [.. turn.Contacts.Reverse().DistinctBy(change => change.Contact).Reverse()];
            WriteItems(json, "ModContact", In(changes, ChangeList.Contacts));
            WriteItems(json, "DelContact", In(changes, ChangeList.Removals));
            WriteItems(json, "ModChatRoomMember", In(changes, ChangeList.Members));
            WriteProfile(json, turn.NewNickName);
            json.Number("ContinueFlag", turn.HasMore ? 1 : 0);
            WriteKeys(json, "SyncKey", turn.SyncKey, turn.ExtraKeys);
            json.String("SKey", newSKey);
            WriteKeys(json, "SyncCheckKey", turn.SyncCheckKey, turn.ExtraKeys);
        },
        ret,
        words);

    private static ReadOnlyMemory<byte>[] In(ContactChange[] changes, ChangeList list) =>
        [.. changes.Where(change => change.List == list).Select(change => change.Json)];

    private static void WriteItems(ServerJsonWriter json, string what, IReadOnlyList<ReadOnlyMemory<byte>> items)
    {
        json.Number(what + "Count", items.Count);
        json.BeginArray(what + "List");
        for (int i = 0; i < items.Count; i++)
        {
            json.Item(items[i]);
        }

        json.EndArray();
    }

    private static void WriteKeys(ServerJsonWriter json, string name, IReadOnlyList<KeyValuePair<int, long>>? keys, int surplus)
    {
        if (keys is not null)
        {
            SyncKeys.Write(json, name, keys, surplus);
        }
    }

    private static void WriteProfile(ServerJsonWriter json, string? nickName)
    {
        json.BeginObject("Profile");
        json.Number("BitFlag", nickName is null ? 0 : ProfileChanged);
        WriteBuffer(json, "UserName");
        WriteBuffer(json, "NickName", WireText.Name(nickName ?? ""));
        json.Number("BindUin", 0);
        WriteBuffer(json, "BindEmail");
        WriteBuffer(json, "BindMobile");
        json.Number("Status", 0);
        json.Number("Sex", 0);
        json.Number("PersonalCard", 0);
        json.String("Alias", "");
        json.Number("HeadImgUpdateFlag", 0);
        json.String("HeadImgUrl", "");
        json.String("Signature", "");
        json.EndObject();
    }

    private static void WriteBuffer(ServerJsonWriter json, string name, string text = "")
    {
        json.BeginObject(name);
        json.String("Buff", text);
        json.EndObject();
    }
}
