using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Messages without an id, with somebody else's, or again and again.</summary>
internal static class IdRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("ids");

    public static IEnumerable<OddServer> All =>
    [
        s_row("no MsgId, only NewMsgId", Each(message => message.Remove("MsgId"))) with { Delivers = true },
        s_row("no NewMsgId, only MsgId", Each(message => message.Remove("NewMsgId"))) with { Delivers = true },
        s_row("neither MsgId nor NewMsgId", Each(message =>
        {
            message.Remove("MsgId");
            message.Remove("NewMsgId");
        })) with { Delivers = true },
        s_row("one MsgId for all messages", Each(message => message["MsgId"] = "1234567890123456789")) with { Delivers = true },
        s_row("MsgId 0", Each(message => message["MsgId"] = "0")) with { Delivers = true },
        s_row("every message three times in one fetch", stage => stage.Fetches(Odd.Json(json =>
        {
            JsonNode?[] items = [.. json["AddMsgList"]!.AsArray()];
            json.Extend("AddMsgList", [.. items.Concat(items).Select(item => item?.DeepClone())]);
        }))) with { Delivers = true },
        s_row("one id in several spellings", stage =>
        {
            stage.Announces();
            stage.Fetches(Odd.Json(json =>
            {
                JsonObject[] items = [.. json["AddMsgList"]!.AsArray().Select(item => item!.AsObject())];
                foreach (JsonObject item in items)
                {
                    string id = item["MsgId"]!.GetValue<string>();
                    item.Remove("NewMsgId");
                    foreach (JsonNode spelling in (JsonNode[])[JsonValue.Create(id + " "), JsonValue.Create("+" + id), JsonValue.Create("0" + id), JsonNode.Parse(id)!, JsonNode.Parse(id + ".0")!])
                    {
                        JsonObject copy = item.DeepClone().AsObject();
                        copy["MsgId"] = spelling;
                        json.Extend("AddMsgList", copy);
                    }
                }
            }));
        }) with { Delivers = true },
        s_row("the last fifty messages in every fetch", Replaying(50)) with { Delivers = true },
        s_row("nine thousand messages again and again, fifty a fetch", Replaying(9_000)) with { Delivers = true, IsBacklog = true },
        s_row("a backlog that is replayed once, with a message at its end", stage =>
        {
            for (int n = 0; n < 500; n++) stage.Emulator.Deliver("李四", $"junk {n}");
        }) with { Delivers = true, IsBacklog = true },
    ];

    private static Action<OddStage> Each(Action<JsonObject> alter) => stage => stage.Fetches(Odd.Json(json =>
    {
        foreach (JsonNode? item in json["AddMsgList"]!.AsArray()) alter(item!.AsObject());
    }));

    /// <summary>Brings the same messages for ever, in rounds.</summary>
    private static Action<OddStage> Replaying(int number) => stage =>
    {
        int at = 0;
        stage.Announces();
        stage.Fetches(Odd.Items("AddMsgList", () =>
        [
            .. Enumerable.Range(0, 50).Select(_ => Odd.Message($"{3_000_000_000_000_000_000L + (at++ % number)}", text: $"junk {at % number}")),
        ]));
    };
}
