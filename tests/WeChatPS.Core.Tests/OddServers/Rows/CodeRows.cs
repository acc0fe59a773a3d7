using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using WeChatPS.Emulator;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Return codes that come and go. 1205 is not among them: the client pauses for minutes after it, as it should.</summary>
internal static class CodeRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("codes");

    public static IEnumerable<OddServer> All =>
    [
        s_row("1101 for one second", stage => stage.All(Refusing(1101))) with { Lasts = TimeSpan.FromSeconds(1) },
        s_row("1100 for one second", stage => stage.All(Refusing(1100))) with { Lasts = TimeSpan.FromSeconds(1) },
        s_row("1101 in every poll, and fetches that work", stage => stage.Polls(Odd.Poll("1101", "0"))) with { Delivers = true },
        s_row("1102 in every second poll", stage =>
        {
            int n = 0;
            stage.Polls(async exchange => n++ % 2 == 0 ? Odd.Poll("1102", "0") : (await exchange.NormalAsync()).ToRaw());
        }) with { Delivers = true },
        s_row("1101 in one poll and in one fetch", Once) with { Delivers = true, Within = TimeSpan.FromSeconds(10) },
        s_row("1203 in every poll, and fetches that work", stage => stage.Polls(Odd.Poll("1203", "0"))) with { Delivers = true, Within = TimeSpan.FromSeconds(10) },
        s_row("another code in every answer", stage =>
        {
            int n = 0;
            stage.All(exchange => Refuse(exchange, (string[])["-1", "1", "2", "3", "9999", "-14", "1203", "1204", "2147483647"], n++));
        }),
        s_row("codes and 503 in turn", stage =>
        {
            int n = 0;
            stage.All(exchange => n++ % 2 == 0 ? Task.FromResult(Odd.With("HTTP/1.1 503 Service Unavailable")) : Refuse(exchange, ["-1"], 0));
        }),
        s_row("good polls without data and failing fetches in turn", stage =>
        {
            stage.Announces();
            int n = 0;
            stage.Fetches(exchange => n++ % 2 == 0 ? Refuse(exchange, ["-1"], 0) : Refuse(exchange, ["0"], 0));
        }),
        s_row("polls without a retcode", stage => stage.Polls(Odd.Ok("window.synccheck={selector:\"2\"}"))) with { Delivers = true, Within = TimeSpan.FromSeconds(10) },
        s_row("retcodes that are no numbers", stage =>
        {
            int n = 0;
            string[] codes = ["abc", "", "0x0", "1e3", "99999999999999999999", "null", "-"];
            stage.Polls(_ => Task.FromResult(Odd.Poll(codes[n++ % codes.Length], "0")));
        }) with { Delivers = true, Within = TimeSpan.FromSeconds(10) },
        s_row("1101 inside a comment of the poll's answer", stage => stage.Polls(Odd.Altered(normal => normal.Text = "/* retcode:\"1101\",selector:\"0\" */" + normal.Text)))
        with { Delivers = true, Within = TimeSpan.FromSeconds(10) },
        s_row("messages beside Ret 1", stage => stage.Fetches(Odd.Json(json => json["BaseResponse"] = new JsonObject { ["Ret"] = 1, ["ErrMsg"] = "no" }))),
        s_row("an ErrMsg of a megabyte", stage => stage.Fetches(Odd.Json(json => json["BaseResponse"] = new JsonObject { ["Ret"] = -1, ["ErrMsg"] = new string('e', 1_000_000) }))),
    ];

    private static Func<RawExchange, Task<RawReply>> Refusing(int code) => exchange => Refuse(exchange, [code.ToString(System.Globalization.CultureInfo.InvariantCulture)], 0);

    private static Task<RawReply> Refuse(RawExchange exchange, string[] codes, int n)
    {
        string code = codes[n % codes.Length];
        return Task.FromResult(exchange.Request.Endpoint == "synccheck" ? Odd.Poll(code, "0") : Odd.Ok($$$"""{"BaseResponse":{"Ret":{{{code}}},"ErrMsg":""}}"""));
    }

    private static void Once(OddStage stage)
    {
        int polls = 0, fetches = 0;
        stage.Polls(async exchange => polls++ == 2 ? Odd.Poll("1101", "0") : (await exchange.NormalAsync()).ToRaw());
        stage.Fetches(async exchange => fetches++ == 0 ? await Refuse(exchange, ["1101"], 0) : (await exchange.NormalAsync()).ToRaw());
    }
}
