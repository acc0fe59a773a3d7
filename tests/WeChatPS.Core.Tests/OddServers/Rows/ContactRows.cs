using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using WeChatPS.Emulator;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Changes to contacts, groups and the profile, and items that are no messages: applied, and worth no speed.</summary>
internal static class ContactRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("contacts");

    private static readonly byte[] s_crowd = Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(0, 600_000)
        .Select(n => $"{{\"UserName\":\"@{n:x32}\",\"NickName\":\"odd {n}\"}}")));

    public static IEnumerable<OddServer> All =>
    [
        s_row("the same contact in every fetch", Items("ModContactList", _ => [Odd.Contact("@odd", "odd")])) with { Delivers = true },
        s_row("a contact that changes to and fro", Items("ModContactList", n => [Odd.Contact("@odd", $"odd {n % 2}")])) with { Delivers = true },
        s_row("another contact in every fetch", Items("ModContactList", n => [Odd.Contact($"@{n:x32}", $"odd {n}")])) with { Delivers = true },
        s_row("a contact of the account's own name", Items("ModContactList", n => [Odd.Contact("@odd", "我"), Odd.Contact("filehelper", $"odd {n}")])) with { Delivers = true },
        s_row("a contact without a name", Items("ModContactList", _ => [new JsonObject { ["UserName"] = "" }, null, JsonValue.Create(7), new JsonArray()])) with { Delivers = true },
        s_row("a group that grows by a member each time", Items("ModChatRoomMemberList", n =>
        {
            JsonObject group = Odd.Contact("@@odd", "odd group");
            group["MemberCount"] = n;
            group["MemberList"] = new JsonArray([.. Enumerable.Range(0, Math.Min(n, 300)).Select(m => Odd.Contact($"@m{m}", $"member {m}"))]);
            return [group];
        })) with { Delivers = true },
        s_row("the same person deleted in every fetch", Items("DelContactList", _ => [new JsonObject { ["UserName"] = "@nobody", ["ContactFlag"] = 0 }])) with { Delivers = true },
        s_row("another person deleted in every fetch", Items("DelContactList", n => [new JsonObject { ["UserName"] = $"@{n:x32}", ["ContactFlag"] = 0 }])) with { Delivers = true },
        s_row("a nickname that changes to and fro", Profile((profile, n) =>
        {
            profile["BitFlag"] = 190;
            profile["NickName"] = new JsonObject { ["Buff"] = $"我{n % 2}" };
        })) with { Delivers = true },
        s_row("the profile of somebody else", Profile((profile, _) =>
        {
            profile["BitFlag"] = 190;
            profile["UserName"] = new JsonObject { ["Buff"] = "@somebody" };
            profile["NickName"] = new JsonObject { ["Buff"] = "somebody" };
        })) with { Delivers = true },
        s_row("a status message in every fetch", Items("AddMsgList", n => [Odd.Message($"{6_000_000_000_000_000_000L + n}", type: 51)])) with { Delivers = true },
        s_row("an item that is a bare number in every fetch", Items("AddMsgList", n => [JsonValue.Create(n)])) with { Delivers = true },
        s_row("an item without anything in every fetch", Items("AddMsgList", _ => [new JsonObject()])) with { Delivers = true },
        s_row("one contact in every fourth fetch", Items("ModContactList", n => n % 4 == 0 ? [Odd.Contact("@odd", $"odd {n}")] : [])) with { Delivers = true },
        s_row("one status message in every fourth fetch", Items("AddMsgList", n => n % 4 == 0 ? [Odd.Message($"{7_000_000_000_000_000_000L + n}", type: 51)] : [])) with { Delivers = true },
        s_row("messages from unknown chats, whose names never come", stage =>
        {
            int n = 0;
            stage.Answers("webwxbatchgetcontact", async exchange =>
            {
                await stage.UntilOverAsync(exchange.Gone);
                return Odd.Bytes("", RawEnd.Reset);
            });
            stage.Fetches(Odd.Items("AddMsgList", () => n++ < 4
                ? [.. Enumerable.Range(0, 5).Select(m => Odd.Message($"{8_000_000_000_000_000_000L + (10 * n) + m}", from: $"@@unknown{n}x{m}", text: $"@a:<br/>junk {n} {m}"))] : []));
        }) with { Delivers = true },
        s_row("a real storm of contact changes", stage =>
        {
            int n = 0;
            stage.Meanwhile(async () =>
            {
                stage.Emulator.Self.Rename(stage.Emulator.Self.Contact("王五"), remarkName: "", nickName: "王五");
                stage.Emulator.Self.Rename(stage.Emulator.Self.Contact("filehelper"), remarkName: $"odd {n++}");
                await Task.Delay(20);
            });
        }) with { Delivers = true },
        s_row("six hundred thousand contacts in every fetch", stage =>
        {
            stage.Announces();
            stage.Fetches(Odd.Inserted("ModContactList", () => [s_crowd]));
        }) with { IsHeavy = true, Delivers = true },
    ];

    private static Action<OddStage> Items(string list, Func<int, JsonNode?[]> items) => stage =>
    {
        int n = 0;
        stage.Announces();
        stage.Fetches(Odd.Items(list, () => items(n++)));
    };

    private static Action<OddStage> Profile(Action<JsonNode, int> alter) => stage =>
    {
        int n = 0;
        stage.Announces();
        stage.Fetches(Odd.Json(json => alter(json["Profile"]!, n++)));
    };
}
