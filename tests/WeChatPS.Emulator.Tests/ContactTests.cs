using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class ContactTests
{
    [Fact]
    public async Task The_address_book_comes_in_pages_with_saved_groups_only_and_without_members()
    {
        EmulatorOptions options = new() { Contacts = 25, ScanDelay = TimeSpan.Zero, ConfirmDelay = TimeSpan.Zero, ContactsPerPage = 10 };
        await using WeChatEmulator emulator = WeChatEmulator.Start(options);
        using WebClient client = await WebClient.LogInAsync(emulator);

        var all = new List<JsonElement>();
        int seq = 0;
        int pages = 0;
        do
        {
            JsonElement page = await client.GetJsonAsync($"{WebClient.P}webwxgetcontact?r=1&seq={seq}&skey={Uri.EscapeDataString(client.SKey)}");
            Assert.Equal(page.Int("MemberCount"), page.GetProperty("MemberList").GetArrayLength());
            all.AddRange(page.GetProperty("MemberList").EnumerateArray());
            seq = page.Int("Seq");
            pages++;
        }
        while (seq != 0);

        Assert.Equal(emulator.Self.Contacts.Count(c => c.Kind != ContactKind.Group || c.IsSaved), all.Count);
        Assert.Equal(4, pages);
        Assert.Equal("李四", all.Single(c => c.Text("NickName") == "小四<span class=\"emoji emoji1f319\"></span>").Text("RemarkName"));
        Assert.Equal(8, all.Single(c => c.Text("NickName") == "每日天气").Int("VerifyFlag"));
        JsonElement group = all.Single(c => c.Text("UserName").StartsWith("@@", StringComparison.Ordinal));
        Assert.Equal("运维群", group.Text("NickName"));
        Assert.Equal(0, group.Int("MemberCount"));
        Assert.Equal(all.Count, all.Select(c => c.Text("UserName")).Distinct().Count());
    }

    [Fact]
    public async Task Details_of_a_group_name_its_members_and_unknown_names_are_left_out()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        string group = client.UserName("运维群");
        string friend = client.UserName("张三");
        JsonElement inInit = client.Initial.GetProperty("ContactList").EnumerateArray().Single(c => c.Text("UserName") == group);
        Assert.All(inInit.GetProperty("MemberList").EnumerateArray(), member => Assert.Equal("", member.Text("NickName")));

        JsonElement reply = await client.PostAsync(
            "webwxbatchgetcontact?type=ex",
            $$"""{"BaseRequest":{{client.BaseRequest}},"Count":3,"List":[{"UserName":"{{group}}","ChatRoomId":""},{"UserName":"@nobody"},{"UserName":"{{friend}}"}]}""");

        Assert.Equal(2, reply.Int("Count"));
        JsonElement[] found = [.. reply.GetProperty("ContactList").EnumerateArray()];
        Assert.Equal([friend, group], found.Select(c => c.Text("UserName")));
        JsonElement[] members = [.. found[1].GetProperty("MemberList").EnumerateArray()];
        Assert.Equal(found[1].Int("MemberCount"), members.Length);
        Assert.Contains(members, m => m.Text("UserName") == friend && m.Text("NickName") == "张三" && m.Text("DisplayName") == "张三(值班)");
        Assert.Contains(members, m => m.Text("UserName") == client.Self);
        Assert.Contains(members, m => m.Text("NickName") == "孙七 &lt;ops&gt;");
        Assert.StartsWith("@", found[1].Text("EncryChatRoomId"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_fifty_details_at_once_are_refused()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        string list = string.Join(',', Enumerable.Repeat("{\"UserName\":\"filehelper\"}", 51));

        Assert.Equal(1, (await client.PostAsync("webwxbatchgetcontact", $$"""{"BaseRequest":{{client.BaseRequest}},"Count":51,"List":[{{list}}]}""")).Ret());
    }

    [Fact]
    public async Task Changes_of_contacts_wake_the_poll_with_selector_4_and_come_with_the_fetch()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        string wang = client.UserName("王五");
        Task<string> poll = client.PollAsync();
        await Emulators.UntilAsync(() => emulator.Counters.OpenPolls == 1, "the poll is held");

        emulator.Self.Rename(emulator.Self.Contact("张三"), nickName: "张三丰", remarkName: "师父");
        emulator.Self.Remove(emulator.Self.Contact("王五"));

        Assert.Contains("selector:\"4\"", await poll);
        JsonElement turn = await client.SyncAsync();
        JsonElement changed = Assert.Single(turn.GetProperty("ModContactList").EnumerateArray());
        Assert.Equal(("张三丰", "师父"), (changed.Text("NickName"), changed.Text("RemarkName")));
        JsonElement removed = Assert.Single(turn.GetProperty("DelContactList").EnumerateArray());
        Assert.Equal(wang, removed.Text("UserName"));
        Assert.Equal((1, 1), (turn.Int("ModContactCount"), turn.Int("DelContactCount")));
        Assert.Equal(1204, (await client.SendTextAsync(wang, "still there?")).Ret());
    }

    [Fact]
    public async Task An_unknown_name_is_an_error_that_lists_the_names_there_are()
    {
        await using WeChatEmulator emulator = Emulators.Start();

        EmulatorException unknown = Assert.Throws<EmulatorException>(() => emulator.Deliver("nobody", "x"));
        EmulatorException noMember = Assert.Throws<EmulatorException>(() => emulator.Deliver("王五", "x", "运维群"));

        Assert.Contains("张三, 李四, 王五", unknown.Message);
        Assert.Contains("赵六", noMember.Message);
        Assert.Throws<EmulatorException>(() => emulator.Deliver("张三", "x", group: "李四"));
        Assert.Throws<EmulatorException>(() => emulator.Deliver(new IncomingMessage { Text = "from nobody to nobody" }));
    }
}
