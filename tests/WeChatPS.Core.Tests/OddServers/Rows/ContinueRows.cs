using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Fetches that promise more.</summary>
internal static class ContinueRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("ContinueFlag");

    public static IEnumerable<OddServer> All =>
    [
        s_row("1 for ever, without items", stage => stage.Fetches(Odd.Json(json => json["ContinueFlag"] = 1))) with { Delivers = true },
        s_row("1 for ever, with the same contact", stage => stage.Fetches(Odd.Json(json =>
        {
            json["ContinueFlag"] = 1;
            json.Extend("ModContactList", Odd.Contact("@odd", "odd"));
        }))) with { Delivers = true },
        s_row("1 for ever, with another contact each time", Numbered((json, n) => json.Extend("ModContactList", Odd.Contact($"@{n:x32}", $"odd {n}")))) with { Delivers = true },
        s_row("1 for ever, with the same message", Numbered((json, _) => json.Extend("AddMsgList", Odd.Message("5555555555555555555")))) with { Delivers = true },
        s_row("1 for ever, with another status message each time", Numbered((json, n) => json.Extend("AddMsgList", Odd.Message($"{4_000_000_000_000_000_000L + n}", type: 51)))) with { Delivers = true },
        s_row("1 for ever, with keys that move", Numbered((json, n) => json["SyncKey"]!["List"]!.AsArray().Add(new JsonObject { ["Key"] = 7777, ["Val"] = n }))) with { Delivers = true },
        s_row("flags of other kinds", Numbered((json, n) => json["ContinueFlag"] = (n % 4) switch { 0 => -1, 1 => "1", 2 => true, _ => 1e9 })) with { Delivers = true },
    ];

    private static Action<OddStage> Numbered(Action<JsonObject, int> alter) => stage =>
    {
        int n = 0;
        stage.Fetches(Odd.Json(json =>
        {
            json["ContinueFlag"] = 1;
            alter(json, n++);
        }));
    };
}
