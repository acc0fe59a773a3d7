using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Sync keys and SKeys that are missing, stand still, go back or are huge.</summary>
internal static class KeyRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("keys");

    public static IEnumerable<OddServer> All =>
    [
        s_row("no keys in any fetch", stage => stage.Fetches(Odd.Json(WithoutKeys))) with { Delivers = true },
        s_row("no keys, and polls that announce at once", stage =>
        {
            stage.Announces();
            stage.Fetches(Odd.Json(WithoutKeys));
        }) with { Delivers = true },
        s_row("keys that stand still", StandingStill) with { Delivers = true },
        s_row("keys that go back", stage => stage.Fetches(Odd.Json(json => Move(json, "SyncKey", -1)))) with { Delivers = true },
        s_row("a check key that never follows", stage => stage.Fetches(Odd.Json(json => json.Remove("SyncCheckKey")))) with { Delivers = true },
        s_row("an empty list of keys", stage => stage.Fetches(Odd.Json(json => json["SyncKey"] = Odd.Keys()))) with { Delivers = true },
        s_row("ten thousand keys", stage => stage.Fetches(Odd.Json(json => json["SyncKey"] = Odd.Keys([.. Enumerable.Range(0, 10_000).Select(n => ((long)n, 700_000_000L + n))])))) with { Delivers = true },
        s_row("three hundred keys", stage => stage.Fetches(Odd.Json(json =>
        {
            foreach (string keys in (string[])["SyncKey", "SyncCheckKey"])
            {
                JsonArray list = json[keys]!["List"]!.AsArray();
                for (int n = 0; n < 300; n++) list.Add(new JsonObject { ["Key"] = 5000 + n, ["Val"] = 700_000_000 + n });
            }
        }))) with { Delivers = true },
        s_row("values at the ends of the range", stage => stage.Fetches(Odd.Json(json =>
            json["SyncCheckKey"] = Odd.Keys((1, long.MaxValue), (2, long.MinValue), (3, 0), (int.MaxValue, 1))))),
        s_row("keys as texts, and texts as keys", stage => stage.Fetches(Odd.Json(json => json["SyncKey"] = new JsonObject
        {
            ["Count"] = "4", ["List"] = new JsonArray(new JsonObject { ["Key"] = "one", ["Val"] = "two" }, JsonValue.Create(7), new JsonArray(), null),
        }))),
        s_row("a new SKey of 100 KB", stage => stage.Fetches(Odd.Json(json => json["SKey"] = "@crypt_" + new string('k', 100_000)))) with { Delivers = true },
        s_row("an SKey that is no text", stage => stage.Fetches(Odd.Json(json => json["SKey"] = new JsonArray(1, 2)))) with { Delivers = true },
        s_row("an SKey with line ends and controls", stage => stage.Fetches(Odd.Json(json => json["SKey"] = "a\r\nX-Evil: 1\r\n\0")))
        with { Delivers = true },
    ];

    private static void WithoutKeys(JsonObject json)
    {
        json.Remove("SyncKey");
        json.Remove("SyncCheckKey");
    }

    private static void Move(JsonObject json, string keys, long by)
    {
        foreach (JsonNode? key in json[keys]!["List"]!.AsArray()) key!["Val"] = key["Val"]!.GetValue<long>() + by;
    }

    private static void StandingStill(OddStage stage)
    {
        JsonNode? first = null, check = null;
        stage.Announces();
        stage.Fetches(Odd.Json(json =>
        {
            json["SyncKey"] = (first ??= json["SyncKey"]!.DeepClone()).DeepClone();
            json["SyncCheckKey"] = (check ??= json["SyncCheckKey"]!.DeepClone()).DeepClone();
        }));
    }
}
