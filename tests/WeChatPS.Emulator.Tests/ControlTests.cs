using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class ControlTests : IAsyncLifetime
{
    private readonly WeChatEmulator _emulator = Emulators.Start();
    private readonly HttpClient _http = new();
    private WebClient _client = null!;

    public async Task InitializeAsync()
    {
        _http.BaseAddress = _emulator.Endpoint;
        _client = await WebClient.LogInAsync(_emulator);
        await _client.SyncAllAsync();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task Status_tells_who_is_there_and_what_was_counted()
    {
        JsonElement status = await GetAsync("status");

        Assert.Equal(_emulator.Endpoint.ToString(), status.Text("endpoint"));
        Assert.Equal(Environment.ProcessId, status.Int("processId"));
        Assert.Contains(status.GetProperty("contacts").EnumerateArray(), c => c.Text("name") == "小四🌙" && c.Text("remark") == "李四");
        Assert.Equal(_client.Sid, status.GetProperty("sessions")[0].Text("sid"));
        Assert.True(status.GetProperty("counters").Int("syncs") > 0);
    }

    [Fact]
    public async Task A_message_is_delivered_and_many_are_numbered()
    {
        JsonElement one = await PostAsync("message", """{"from":"张三","group":"运维群","text":"你好 <b>"}""");
        JsonElement many = await PostAsync("message", """{"from":"李四","text":"nr {n}","count":3}""");
        JsonElement file = await PostAsync("message", """{"from":"李四","kind":"file","fileName":"a.txt","dataBase64":"aGk="}""");

        JsonElement[] received = [.. await _client.MessagesAsync()];
        Assert.Equal(one.Text("msgId"), received[0].Text("MsgId"));
        Assert.EndsWith(":<br/>你好 &lt;b&gt;", received[0].Text("Content"), StringComparison.Ordinal);
        Assert.Equal(["nr 1", "nr 2", "nr 3"], received[1..4].Select(m => m.Text("Content")));
        Assert.Equal(many.GetProperty("msgIds").EnumerateArray().Select(id => id.GetString()), received[1..4].Select(m => m.Text("MsgId")));
        Assert.Equal((file.Text("msgId"), "2"), (received[4].Text("MsgId"), received[4].Text("FileSize")));
    }

    [Fact]
    public async Task A_text_can_carry_the_moment_of_its_delivery()
    {
        long before = Stopwatch.GetTimestamp();
        await PostAsync("message", """{"from":"李四","text":"{n} {ticks}","count":2}""");
        await PostAsync("message", """{"from":"李四","text":"{ticks}"}""");
        long after = Stopwatch.GetTimestamp();

        string[] texts = [.. (await _client.MessagesAsync()).Select(m => m.Text("Content"))];
        Assert.StartsWith("1 ", texts[0], StringComparison.Ordinal);
        Assert.All(texts, text => Assert.InRange(long.Parse(text.Split(' ')[^1], CultureInfo.InvariantCulture), before, after));
    }

    [Fact]
    public async Task A_fault_is_set_up_listed_and_removed()
    {
        JsonElement fault = await PostAsync("fault", """{"endpoint":"synccheck","kind":"phantomselector","count":2,"code":6,"delayMs":1}""");
        Assert.Contains("selector:\"6\"", await _client.PollAsync());

        JsonElement listed = Assert.Single((await GetAsync("status")).GetProperty("faults").EnumerateArray());
        Assert.Equal((fault.Int("id"), 1, 1), (listed.Int("id"), listed.Int("hits"), listed.Int("remaining")));
        Assert.Equal(1, (await SendAsync(HttpMethod.Delete, $"fault?id={fault.Int("id")}")).Int("removed"));
        await PostAsync("fault", """{"endpoint":"login","kind":"reset"}""");
        Assert.Equal(0, (await SendAsync(HttpMethod.Delete, "fault?endpoint=synccheck")).Int("removed"));
        Assert.Equal(1, (await SendAsync(HttpMethod.Delete, "fault")).Int("removed"));
    }

    [Fact]
    public async Task Requests_are_listed_whole_by_endpoint_and_from_a_number_on()
    {
        await _client.SendTextAsync("filehelper", "logged");

        JsonElement logged = Assert.Single((await GetAsync("requests?endpoint=webwxsendmsg")).EnumerateArray());
        Assert.Equal(("POST", 200, 0), (logged.Text("method"), logged.Int("status"), logged.Int("ret")));
        Assert.Contains("\"Content\":\"logged\"", logged.Text("body"));
        Assert.Contains("pass_ticket=", logged.Text("query"));
        Assert.Contains(logged.GetProperty("headers").EnumerateArray(), h => h.Text("name") == "Cookie" && h.Text("value").Contains("wxsid=", StringComparison.Ordinal));
        Assert.Empty((await GetAsync($"requests?after={logged.Int("number")}")).EnumerateArray());
        Assert.Equal(2, (await GetAsync("requests?last=2")).GetArrayLength());
        await SendAsync(HttpMethod.Delete, "requests");
        Assert.Empty((await GetAsync("requests")).EnumerateArray());
    }

    [Fact]
    public async Task Sent_messages_are_listed()
    {
        await _client.SendTextAsync(_client.UserName("李四"), "hi 😀");

        JsonElement sent = Assert.Single((await GetAsync("sent")).EnumerateArray());

        Assert.Equal(("李四", "hi 😀", 1), (sent.Text("to"), sent.Text("text"), sent.Int("type")));
    }

    [Fact]
    public async Task The_phone_can_be_driven()
    {
        _emulator.Options.AutoPhone = false;
        using var other = new WebClient(_emulator);
        string uuid = await other.NewCodeAsync();

        await PostAsync("phone", $$"""{"action":"scan","uuid":"{{uuid}}"}""");
        Assert.StartsWith("window.code=201;", await other.PollLoginAsync(uuid), StringComparison.Ordinal);
        await PostAsync("phone", """{"action":"cancel"}""");
        Assert.Equal("window.code=202;", await other.PollLoginAsync(uuid));
        await other.NewCodeAsync();
        await PostAsync("phone", """{"action":"expire"}""");
        await other.NewCodeAsync();
        await PostAsync("phone", """{"action":"confirm"}""");
        await PostAsync("phone", """{"action":"activity"}""");
        Assert.Contains("selector:\"7\"", await _client.PollAsync());
        await PostAsync("phone", """{"action":"logout"}""");
        Assert.Contains("retcode:\"1100\"", await _client.PollAsync());
    }

    [Fact]
    public async Task Contacts_come_change_and_go()
    {
        Assert.Equal("Friend", (await PostAsync("contact", """{"action":"add","name":"新人","remark":"备注"}""")).Text("kind"));
        JsonElement group = await PostAsync("contact", """{"action":"add","kind":"group","name":"新群","members":["新人","外人"]}""");
        Assert.Equal(3, group.GetProperty("members").GetArrayLength());
        Assert.Equal("改名", (await PostAsync("contact", """{"action":"rename","name":"备注","newName":"改名"}""")).Text("name"));
        await PostAsync("contact", """{"action":"delete","name":"新群"}""");

        JsonElement turn = await _client.SyncAsync();
        Assert.Equal(["改名"], turn.GetProperty("ModContactList").EnumerateArray().Select(c => c.Text("NickName")));
        Assert.Single(turn.GetProperty("DelContactList").EnumerateArray());
    }

    [Fact]
    public async Task The_account_is_renamed_and_members_are_called_by_other_names()
    {
        await PostAsync("contact", """{"action":"rename","name":"我","newName":"R & 😄"}""");
        await PostAsync("contact", """{"action":"nickname","name":"运维群","members":["R & 😄"],"newName":"<机器人>"}""");
        Assert.Contains("selector:\"4\"", await _client.PollAsync());

        JsonElement turn = await _client.SyncAsync();
        JsonElement profile = turn.GetProperty("Profile");
        Assert.Equal((190, "R &amp; <span class=\"emoji emoji1f604\"></span>"), (profile.Int("BitFlag"), profile.GetProperty("NickName").Text("Buff")));
        JsonElement group = Assert.Single(turn.GetProperty("ModChatRoomMemberList").EnumerateArray());
        Assert.Contains("&lt;机器人&gt;", group.GetProperty("MemberList").EnumerateArray().Select(member => member.Text("DisplayName")));
        Assert.Equal(0, (await _client.SyncAsync()).GetProperty("Profile").Int("BitFlag"));
        Assert.Contains("selector:\"0\"", await _client.PollAsync());
    }

    [Fact]
    public async Task Sessions_are_ended_and_keys_rotated()
    {
        await PostAsync("rotate", """{"what":"skey"}""");
        Assert.NotEqual("", (await _client.SyncAsync()).Text("SKey"));
        Assert.Equal(1, (await PostAsync("kick", $$"""{"code":1102,"sid":"{{_client.Sid}}"}""")).Int("ended"));
        Assert.Contains("retcode:\"1102\"", await _client.PollAsync());
        Assert.Equal(0, (await PostAsync("kick", "{}")).Int("ended"));
    }

    [Fact]
    public async Task Stop_asks_the_owner_to_stop()
    {
        await PostAsync("stop", "");

        await _emulator.StopRequested.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("POST", "message", """{"from":"谁"}""", 400, "张三, 李四, 王五")]
    [InlineData("POST", "message", """{"form":"张三"}""", 400, "form")]
    [InlineData("POST", "message", """{"from":"张三","kind":"poem"}""", 400, "kind")]
    [InlineData("POST", "message", """{"from":"张三","count":0}""", 400, "count")]
    [InlineData("POST", "message", "not json", 400, "JSON")]
    [InlineData("POST", "message", "null", 400, "from")]
    [InlineData("POST", "fault", """{"endpoint":"nowhere","kind":"reset"}""", 400, "webwxsync")]
    [InlineData("POST", "fault", """{"endpoint":"synccheck"}""", 400, "PhantomSelector")]
    [InlineData("POST", "phone", """{"action":"dance"}""", 400, "scan")]
    [InlineData("POST", "phone", """{"action":"scan","uuid":"x"}""", 400, "x")]
    [InlineData("POST", "contact", """{"action":"add"}""", 400, "name")]
    [InlineData("POST", "kick", """{"code":1103}""", 400, "1100")]
    [InlineData("POST", "kick", """{"sid":"x"}""", 400, "status")]
    [InlineData("POST", "rotate", "{}", 400, "skey")]
    [InlineData("POST", "phone", """{"action":"logout","account":"谁"}""", 400, "我")]
    [InlineData("POST", "message", """{"from":"张三","text":null}""", 400, "text")]
    [InlineData("POST", "message", """{"from":"张三","kind":"image","dataBase64":null}""", 400, "dataBase64")]
    [InlineData("POST", "message", """{"from":"张三","text":"{n}","title":null,"count":2}""", 400, "title")]
    [InlineData("POST", "contact", """{"action":"add","name":"群","kind":"group","members":null}""", 400, "members")]
    [InlineData("POST", "contact", """{"action":"add","name":"群","kind":"group","members":["张三",null]}""", 400, "members")]
    [InlineData("POST", "fault", """{"endpoint":"jslogin","kind":"raw","raw":{"pieces":null}}""", 400, "pieces")]
    [InlineData("POST", "fault", """{"endpoint":"jslogin","kind":"raw","raw":{"pieces":[null]}}""", 400, "pieces")]
    [InlineData("POST", "fault", """{"endpoint":"jslogin","kind":"raw","raw":{"pieces":[{"pauseMs":-1}]}}""", 400, "pauseMs")]
    [InlineData("POST", "fault", """{"endpoint":"jslogin","kind":"raw"}""", 400, "reply")]
    [InlineData("GET", "requests?after=x", "", 400, "number")]
    [InlineData("DELETE", "fault?id=77", "", 400, "77")]
    [InlineData("GET", "nonsense", "", 404, "status")]
    [InlineData("GET", "message", "", 404, "message")]
    public async Task An_error_says_what_to_do(string method, string path, string body, int status, string mentions)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "emulator/" + path);
        request.Content = method == "POST" ? new StringContent(body, Encoding.UTF8, "application/json") : null;

        using HttpResponseMessage response = await _http.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        string error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Text("error");
        Assert.Contains(mentions, error);
    }

    [Theory]
    [InlineData("Host", "evil.example", false)]
    [InlineData("Host", "wx2.qq.com", false)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "http://localhost:3000", true)]
    [InlineData("Host", "localhost:1", true)]
    [InlineData("Host", "[::1]:1", true)]
    [InlineData("Host", "127.0.0.1.evil.example", false)]
    public async Task Only_this_machine_may_drive_it(string header, string value, bool isAllowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "emulator/status");
        request.Headers.TryAddWithoutValidation(header, value);

        using HttpResponseMessage response = await _http.SendAsync(request);

        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    private async Task<JsonElement> GetAsync(string path) =>
        JsonDocument.Parse(await _http.GetStringAsync(new Uri("emulator/" + path, UriKind.Relative))).RootElement;

    private Task<JsonElement> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string body = "")
    {
        using var request = new HttpRequestMessage(method, "emulator/" + path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using HttpResponseMessage response = await _http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
