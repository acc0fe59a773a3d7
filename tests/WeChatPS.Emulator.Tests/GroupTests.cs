using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class GroupTests : IAsyncLifetime
{
    private readonly WeChatEmulator _emulator = Emulators.Start();
    private WebClient _client = null!;

    public async Task InitializeAsync()
    {
        _client = await WebClient.LogInAsync(_emulator);
        await _client.SyncAllAsync();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task A_new_group_has_its_members_and_belongs_to_its_maker()
    {
        JsonElement made = await CreateAsync("三人行", "张三", "李四");

        Assert.Equal((0, "Everything is OK"), (made.Ret(), made.GetProperty("BaseResponse").Text("ErrMsg")));
        Assert.Equal(2, made.GetProperty("MemberList").GetArrayLength());
        Contact group = _emulator.Self.Contact("三人行");
        Assert.Equal(_client.Session.UserNameOf(group), made.Text("ChatRoomName"));
        Assert.Same(_emulator.Self.Me, group.Members[0].Person);
        Assert.Equal("三人行", Assert.Single((await _client.SyncAsync()).GetProperty("ModContactList").EnumerateArray()).Text("NickName"));
    }

    [Fact]
    public async Task A_group_of_fewer_than_two_others_or_of_strangers_is_not_made()
    {
        Assert.Equal(1, (await CreateAsync("x", "张三")).Ret());
        Assert.Equal(1, (await CreateAsync("x", "张三", "运维群")).Ret());
    }

    [Fact]
    public async Task Members_come_and_go_and_the_topic_changes()
    {
        JsonElement made = await CreateAsync("", "张三", "李四");
        string room = made.Text("ChatRoomName");

        Assert.Equal(1, (await UpdateAsync("addmember", room, $"\"AddMemberList\":\"{_client.UserName("王五")}\"")).Int("MemberCount"));
        Assert.Equal(0, (await UpdateAsync("delmember", room, $"\"DelMemberList\":\"{_client.UserName("李四")}\"")).Ret());
        Assert.Equal(0, (await UpdateAsync("modtopic", room, "\"NewTopic\":\"新名字\"")).Ret());

        Contact group = _emulator.Self.Contact("新名字");
        Assert.Equal(["我", "张三", "王五"], group.Members.Select(m => m.Person.NickName));
        Assert.Equal(0, (await UpdateAsync("quitchatroom", room, "\"x\":0")).Ret());
        Assert.Null(_emulator.Self.Find("新名字"));
    }

    [Fact]
    public async Task What_the_server_does_not_allow_is_refused()
    {
        string others = _client.UserName("运维群");

        Assert.Equal(1, (await UpdateAsync("delmember", others, $"\"DelMemberList\":\"{_client.UserName("张三")}\"")).Ret());
        Assert.Equal(1, (await UpdateAsync("invitemember", others, $"\"InviteMemberList\":\"{_client.UserName("王五")}\"")).Ret());
        Assert.Equal(1, (await UpdateAsync("", others, "\"x\":0")).Ret());
        Assert.Equal(1, (await UpdateAsync("modtopic", "@@nobody", "\"NewTopic\":\"x\"")).Ret());
    }

    [Fact]
    public async Task A_removal_without_fun_is_answered_well_to_the_owner_and_removes_nobody()
    {
        // openwechat's RemoveMemberFromChatRoom (client.go) sends no query, and RemoveMemberFromGroup (user.go) says that it has no effect.
        string room = (await CreateAsync("三人行", "张三", "李四")).Text("ChatRoomName");
        string list = $"\"DelMemberList\":\"{_client.UserName("李四")}\"";

        Assert.Equal(0, (await RemoveAsync(room)).Ret());
        Assert.Equal(["我", "张三", "小四🌙"], _emulator.Self.Contact("三人行").Members.Select(m => m.Person.NickName));
        Assert.Equal(1, (await RemoveAsync(_client.UserName("运维群"))).Ret());

        Task<JsonElement> RemoveAsync(string from) => _client.PostAsync(
            "webwxupdatechatroom", $$"""{"BaseRequest":{{_client.BaseRequest}},"ChatRoomName":"{{from}}",{{list}}}""");
    }

    [Fact]
    public async Task From_forty_members_on_people_are_invited()
    {
        Contact big = _emulator.Self.AddGroup("大群", Enumerable.Range(0, 40).Select(i => new GroupMember(Account.NewStranger($"路人{i}"))));
        string room = _client.Session.UserNameOf(big);

        Assert.Equal(1, (await UpdateAsync("addmember", room, $"\"AddMemberList\":\"{_client.UserName("王五")}\"")).Ret());
        Assert.Equal(0, (await UpdateAsync("invitemember", room, $"\"InviteMemberList\":\"{_client.UserName("王五")}\"")).Ret());
        Assert.Equal(41, big.Members.Count);
        Assert.Equal("王五", Assert.Single(big.Invited).NickName);

        _emulator.Self.Join(big, new GroupMember(big.Invited[0]));
        Assert.Equal((42, 0), (big.Members.Count, big.Invited.Count));
    }

    [Fact]
    public async Task A_name_in_a_group_changes_in_a_list_of_its_own_and_who_leaves_is_missing_from_the_group()
    {
        Contact group = _emulator.Self.Contact("运维群");
        _emulator.Self.RenameMember(group, group.Members.Single(member => member.Person.NickName == "赵六").Person, "赵六-夜班");
        JsonElement sync = await _client.SyncAsync();

        JsonElement changed = Assert.Single(sync.GetProperty("ModChatRoomMemberList").EnumerateArray());
        Assert.Equal((0, 1), (sync.Int("ModContactCount"), sync.Int("ModChatRoomMemberCount")));
        Assert.Contains("赵六-夜班", changed.GetProperty("MemberList").EnumerateArray().Select(member => member.Text("DisplayName")));

        _emulator.Self.Leave(group, _emulator.Self.Contact("张三"));
        JsonElement left = Assert.Single((await _client.SyncAsync()).GetProperty("ModContactList").EnumerateArray());
        Assert.Equal(4, left.Int("MemberCount"));
        Assert.DoesNotContain("张三", left.GetProperty("MemberList").EnumerateArray().Select(member => member.Text("NickName")));
    }

    [Fact]
    public async Task A_silent_group_is_told_of_by_its_first_message_alone()
    {
        _emulator.Self.AddGroup("静群", [new GroupMember(Account.NewStranger("周九"))], isSilent: true);
        Assert.Empty((await _client.SyncAsync()).GetProperty("ModContactList").EnumerateArray());

        _emulator.Deliver("周九", "第一条", "静群");
        JsonElement sync = await _client.SyncAsync();
        Assert.Empty(sync.GetProperty("ModContactList").EnumerateArray());
        Assert.Equal(_client.UserName("静群"), Assert.Single(sync.GetProperty("AddMsgList").EnumerateArray()).Text("FromUserName"));
    }

    [Theory]
    [InlineData(true, "深圳", 1)]
    [InlineData(false, "", 0)]
    public async Task A_stranger_shows_more_than_the_name_to_those_who_say_where_they_met(bool hasKey, string city, int sex)
    {
        Contact group = _emulator.Self.Contact("运维群");
        string name = _client.Session.UserNameOf(group.Members.Single(member => member.Person.NickName == "赵六").Person);
        string key = hasKey ? (await AskAsync(_client.UserName("运维群"), "")).Text("EncryChatRoomId") : "@0123456789";

        JsonElement zhao = await AskAsync(name, key);

        Assert.Equal(("赵六", city, sex), (zhao.Text("NickName"), zhao.Text("City"), zhao.Int("Sex")));
    }

    [Fact]
    public async Task A_remark_and_a_pin_are_kept_and_a_pin_without_the_remark_wipes_it()
    {
        string zhang = _client.UserName("张三");

        Assert.Equal(0, (await OplogAsync($"\"CmdId\":2,\"RemarkName\":\"老张\",\"UserName\":\"{zhang}\"")).Ret());
        Assert.Equal("老张", _emulator.Self.Contact("张三").RemarkName);
        Assert.Equal(0, (await OplogAsync($"\"CmdId\":3,\"OP\":1,\"RemarkName\":\"老张\",\"UserName\":\"{zhang}\"")).Ret());
        Assert.True(_emulator.Self.Contact("老张").IsPinned);
        Assert.Equal(2048, (await _client.SyncAsync()).GetProperty("ModContactList").EnumerateArray().Last().Int("ContactFlag") & 2048);
        Assert.Equal(0, (await OplogAsync($"\"CmdId\":3,\"OP\":0,\"UserName\":\"{zhang}\"")).Ret());
        Assert.Equal(("", false), (_emulator.Self.Contact("张三").RemarkName, _emulator.Self.Contact("张三").IsPinned));
        Assert.Equal(1, (await OplogAsync($"\"CmdId\":9,\"UserName\":\"{zhang}\"")).Ret());
    }

    [Fact]
    public async Task A_sent_message_can_be_revoked_where_it_was_sent()
    {
        string id = WebClient.NewLocalId();
        string msgId = (await _client.SendTextAsync("filehelper", "oops", id)).Text("MsgID");

        Assert.Equal(-1, (await RevokeAsync(id, "1", "filehelper")).Ret());
        Assert.Equal(-1, (await RevokeAsync(id, msgId, _client.UserName("张三"))).Ret());
        Assert.Equal(-1, (await RevokeAsync("", msgId, "filehelper")).Ret());
        Assert.Equal(0, (await RevokeAsync(id, msgId, "filehelper")).Ret());
        Assert.True(Assert.Single(_emulator.Sent).IsRevoked);
    }

    private async Task<JsonElement> AskAsync(string userName, string groupKey) => Assert.Single((await _client.PostAsync(
        "webwxbatchgetcontact?type=ex",
        $$"""{"BaseRequest":{{_client.BaseRequest}},"Count":1,"List":[{"UserName":"{{userName}}","EncryChatRoomId":"{{groupKey}}"}]}"""))
        .GetProperty("ContactList").EnumerateArray());

    private Task<JsonElement> CreateAsync(string topic, params string[] members) => _client.PostAsync(
        "webwxcreatechatroom?r=1",
        $$"""{"BaseRequest":{{_client.BaseRequest}},"MemberCount":{{members.Length}},"MemberList":[{{string.Join(',', members.Select(m => $"{{\"UserName\":\"{_client.UserName(m)}\"}}"))}}],"Topic":"{{topic}}"}""");

    private Task<JsonElement> UpdateAsync(string fun, string room, string members) => _client.PostAsync(
        $"webwxupdatechatroom?fun={fun}",
        $$"""{"BaseRequest":{{_client.BaseRequest}},"ChatRoomName":"{{room}}",{{members}}}""");

    private Task<JsonElement> OplogAsync(string members) => _client.PostAsync("webwxoplog", $$"""{"BaseRequest":{{_client.BaseRequest}},{{members}}}""");

    private Task<JsonElement> RevokeAsync(string clientId, string msgId, string to) => _client.PostAsync(
        "webwxrevokemsg",
        $$"""{"BaseRequest":{{_client.BaseRequest}},"ClientMsgId":"{{clientId}}","SvrMsgId":"{{msgId}}","ToUserName":"{{to}}"}""");
}
