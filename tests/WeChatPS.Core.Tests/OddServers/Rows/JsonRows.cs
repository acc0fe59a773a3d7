using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Bodies of the wrong shape.</summary>
internal static class JsonRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("json");
    private static readonly byte[] s_letters = [.. Enumerable.Repeat((byte)'x', 30_000_000)];

    public static IEnumerable<OddServer> All =>
    [
        s_row("fetches of null, [], 42, a text and {} in turn", InTurn("null", "[]", "42", "\"text\"", "{}", "", " ")),
        s_row("a hundred thousand brackets", stage => stage.Fetches(Odd.Ok(new string('[', 100_000)))),
        s_row("a hundred thousand levels inside a message", stage => stage.Fetches(Odd.Ok(
            "{\"BaseResponse\":{\"Ret\":0},\"AddMsgList\":[{\"MsgId\":\"1\",\"X\":" + new string('[', 100_000) + new string(']', 100_000) + "}]}"))),
        s_row("JSON cut in the middle", stage => stage.Fetches(Odd.Altered(normal => normal.Body = normal.Body[..(normal.Body.Length / 2)]))),
        s_row("JSON with something behind it", stage => stage.Fetches(Odd.Altered(normal => normal.Text += "<!-- odd -->"))),
        s_row("AddMsgList is an object", stage => stage.Fetches(Odd.Json(json => json["AddMsgList"] = new JsonObject()))),
        s_row("every list is null", stage => stage.Fetches(Odd.Json(json =>
        {
            foreach (string list in json.Select(one => one.Key).Where(name => name.EndsWith("List", StringComparison.Ordinal)).ToArray()) json[list] = null;
        }))),
        s_row("counts that disagree with the lists", stage => stage.Fetches(Odd.Json(json =>
        {
            json["AddMsgCount"] = -7;
            json["ModContactCount"] = 1_000_000;
        }))) with { Delivers = true },
        s_row("numbers as texts", stage => stage.Fetches(Odd.Altered(normal =>
            normal.Text = Regex.Replace(normal.Text, "\"(Ret|MsgType|CreateTime|Key|Val|ContinueFlag)\": (-?\\d+)", "\"$1\": \"$2\"")))) with { Delivers = true },
        s_row("names written with escapes", stage => stage.Fetches(Odd.Altered(normal =>
            normal.Text = normal.Text.Replace("\"AddMsgList\"", "\"\\u0041ddMsgList\"", StringComparison.Ordinal)))) with { Delivers = true },
        s_row("no BaseResponse", stage => stage.Fetches(Odd.Json(json => json.Remove("BaseResponse")))) with { Delivers = true },
        s_row("BaseResponse is a number", stage => stage.Fetches(Odd.Json(json => json["BaseResponse"] = 0))),
        s_row("Ret is missing", stage => stage.Fetches(Odd.Json(json => json["BaseResponse"] = new JsonObject()))),
        s_row("properties twice", stage => stage.Fetches(Odd.Altered(normal =>
            normal.Text = normal.Text.TrimEnd()[..^1] + ",\"AddMsgList\":[],\"BaseResponse\":{\"Ret\":0}}"))) with { Delivers = true },
        s_row("numbers beyond all numbers", stage => stage.Fetches(Odd.Altered(normal =>
            normal.Text = normal.Text.Replace("\"CreateTime\": ", "\"CreateTime\": 9e999999", StringComparison.Ordinal)))) with { Delivers = true },
        s_row("polls of nonsense", PollsInTurn("", "window", "window.synccheck=", "window.synccheck={}", "null", "{\"retcode\":0}", "<html>synccheck</html>")) with { Delivers = true, Within = TimeSpan.FromSeconds(10) },
        s_row("a poll of 60 KB", stage => stage.Polls(Odd.Ok(new string(' ', 60_000) + "window.synccheck={retcode:\"0\",selector:\"0\"}"))) with { Delivers = true },
        s_row("names of thirty megabytes", stage =>
        {
            int n = 0;
            stage.Announces();
            stage.Fetches(Odd.Inserted("ModContactList", () => [Text($"{{\"UserName\":\"@{n++:x32}\",\"NickName\":\""), s_letters, Text("\"}")]));
        }) with { IsHeavy = true, Delivers = true },
        s_row("messages of thirty megabytes", stage =>
        {
            int n = 0;
            stage.Announces();
            stage.Fetches(Odd.Inserted("AddMsgList", () => n++ >= 8 ? [] :
                [Text($"{{\"MsgId\":\"{5_000_000_000_000_000_000L + n}\",\"MsgType\":1,\"FromUserName\":\"filehelper\",\"Content\":\""), s_letters, Text("\"}")]));
        }) with { IsHeavy = true, Delivers = true },
    ];

    private static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(text);

    private static Action<OddStage> InTurn(params string[] bodies) => stage =>
    {
        int n = 0;
        stage.Fetches(_ => Task.FromResult(Odd.Ok(bodies[n++ % bodies.Length])));
    };

    private static Action<OddStage> PollsInTurn(params string[] bodies) => stage =>
    {
        int n = 0;
        stage.Polls(_ => Task.FromResult(Odd.Ok(bodies[n++ % bodies.Length])));
    };
}
