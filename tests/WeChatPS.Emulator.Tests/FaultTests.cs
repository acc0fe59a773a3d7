using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class FaultTests : IAsyncLifetime
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
    public async Task Reset_cuts_the_connection_before_anything_is_done()
    {
        _emulator.Faults.Add("webwxsendmsg", FaultKind.Reset, count: 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.SendTextAsync("filehelper", "x"));

        Assert.Empty(_emulator.Sent);
        Assert.Equal(0, (await _client.SendTextAsync("filehelper", "x")).Ret());
        Assert.Empty(_emulator.Faults.Planned);
    }

    [Fact]
    public async Task Reset_is_a_reset_on_the_wire()
    {
        _emulator.Faults.Add("jslogin", FaultKind.Reset);
        using RawConnection raw = await RawConnection.OpenAsync(_emulator);
        await raw.WriteAsync("GET /jslogin HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.True(await raw.IsResetAsync());
    }

    [Fact]
    public async Task Hang_never_answers()
    {
        _emulator.Faults.Add("synccheck", FaultKind.Hang);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.PollAsync(cancel: patience.Token));

        await Emulators.UntilAsync(() => _emulator.Requests.Get("synccheck").Any(request => request.IsAbandoned), "the hang ends with the client");
    }

    [Fact]
    public async Task SlowDrip_sends_byte_by_byte()
    {
        _emulator.Faults.Add(new Fault("synccheck", FaultKind.SlowDrip) { Pace = TimeSpan.FromMilliseconds(5) });
        _emulator.Deliver("张三", "x");
        var clock = Stopwatch.StartNew();

        Assert.Equal("window.synccheck={retcode:\"0\",selector:\"2\"}", await _client.PollAsync());

        Assert.True(clock.ElapsedMilliseconds >= 43 * 5, $"took {clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Truncate_promises_more_than_it_sends()
    {
        _emulator.Faults.Add("webwxsync", FaultKind.Truncate, count: 1);

        HttpRequestException cut = await Assert.ThrowsAsync<HttpRequestException>(() => _client.SyncAsync());

        Assert.Equal(HttpRequestError.ResponseEnded, cut.HttpRequestError);
    }

    [Fact]
    public async Task Empty_and_Html_come_as_200()
    {
        _emulator.Faults.Add("synccheck", FaultKind.Empty, count: 1);
        _emulator.Faults.Add("synccheck", FaultKind.Html, count: 1);

        Assert.Equal("", await _client.PollAsync());
        Assert.StartsWith("<html>", await _client.PollAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 503)]
    [InlineData(502, 502)]
    public async Task Status_comes_with_an_empty_body(int? code, int expected)
    {
        _emulator.Faults.Add("synccheck", FaultKind.Status, code: code);

        using HttpResponseMessage response = await _client.GetAsync($"{WebClient.P}synccheck?{_client.Query(_client.SyncCheckKey)}");

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task ZeroStatus_is_the_broken_first_line_that_DotNet_reports_as_an_invalid_response()
    {
        _emulator.Faults.Add("synccheck", FaultKind.ZeroStatus);
        using RawConnection raw = await RawConnection.OpenAsync(_emulator);
        await raw.WriteAsync($"GET /{WebClient.P}synccheck HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 0 -\r\n", await raw.ReadUntilAsync("\r\n\r\n"), StringComparison.Ordinal);
        HttpRequestException broken = await Assert.ThrowsAsync<HttpRequestException>(() => _client.PollAsync());
        Assert.Equal(HttpRequestError.InvalidResponse, broken.HttpRequestError);
    }

    [Fact]
    public async Task WrongCharset_names_one_that_does_not_exist_over_a_good_body()
    {
        _emulator.Faults.Add("webwxsync", FaultKind.WrongCharset);
        using HttpResponseMessage response = await SyncRawAsync();

        Assert.Equal("x-no-such-charset", response.Content.Headers.ContentType!.CharSet);
        await Assert.ThrowsAsync<InvalidOperationException>(() => response.Content.ReadAsStringAsync());
        Assert.Equal(0, JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement.Ret());
    }

    [Fact]
    public async Task InvalidUtf8_stands_inside_a_text()
    {
        _emulator.Deliver("张三", "text");
        _emulator.Faults.Add("webwxsync", FaultKind.InvalidUtf8);
        using HttpResponseMessage response = await SyncRawAsync();
        byte[] body = await response.Content.ReadAsByteArrayAsync();

        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString(body));
        Assert.Contains("\"Content\": \"\ufffd\ufffdtext\"", Encoding.UTF8.GetString(body));
    }

    [Fact]
    public async Task Redirect_points_elsewhere()
    {
        _emulator.Faults.Add(new Fault("synccheck", FaultKind.Redirect) { Text = "http://127.0.0.1:9/" });

        using HttpResponseMessage response = await _client.GetAsync($"{WebClient.P}synccheck");

        Assert.Equal((302, "http://127.0.0.1:9/"), ((int)response.StatusCode, response.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task LostReply_does_the_work_and_cuts_the_connection()
    {
        _emulator.Faults.Add("webwxsendmsg", FaultKind.LostReply, count: 1);
        string id = WebClient.NewLocalId();

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.SendTextAsync("filehelper", "x", id));

        SentMessage sent = Assert.Single(_emulator.Sent);
        Assert.Equal(sent.MsgId, (await _client.SendTextAsync("filehelper", "x", id)).Text("MsgID"));
        Assert.Single(_emulator.Sent);
    }

    [Fact]
    public async Task Ret_answers_in_the_form_of_the_endpoint()
    {
        foreach (string endpoint in new[] { "synccheck", "webwxsync", "webwxsendmsg", "webwxinit", "login", "webwxpushloginurl" })
        {
            _emulator.Faults.Add(endpoint, FaultKind.Ret, code: 1205);
        }

        Assert.Equal("window.synccheck={retcode:\"1205\",selector:\"0\"}", await _client.PollAsync());
        JsonElement sync = await _client.SyncAsync(_client.SyncKey);
        Assert.Equal((1205, 0), (sync.Ret(), sync.Int("AddMsgCount")));
        Assert.Equal(1205, (await _client.SendTextAsync("filehelper", "x")).Ret());
        Assert.Equal("window.code=1205;", await _client.PollLoginAsync("x"));
        Assert.Equal("1205", (await _client.GetJsonAsync($"{WebClient.P}webwxpushloginurl?uin=1")).Text("ret"));
        Assert.Equal(1205, (await _client.InitAsync()).Ret());
    }

    [Fact]
    public async Task Ret_is_minus_one_unless_told_otherwise()
    {
        _emulator.Faults.Add("synccheck", FaultKind.Ret);

        Assert.Equal("window.synccheck={retcode:\"-1\",selector:\"0\"}", await _client.PollAsync());
    }

    [Fact]
    public async Task PhantomSelector_has_nothing_behind_it()
    {
        _emulator.Faults.Add("synccheck", FaultKind.PhantomSelector, code: 3);

        Assert.Contains("selector:\"3\"", await _client.PollAsync());
        Assert.Empty((await _client.SyncAsync()).GetProperty("AddMsgList").EnumerateArray());
        Assert.Contains("selector:\"3\"", await _client.PollAsync());
    }

    [Fact]
    public async Task InstantZero_does_not_hold()
    {
        _emulator.Faults.Add("synccheck", FaultKind.InstantZero);

        Assert.Contains("selector:\"0\"", await _client.PollAsync());
    }

    [Fact]
    public async Task ClockOnlyKey_moves_key_201_alone_and_holds_messages_back()
    {
        _emulator.Faults.Add("webwxsync", FaultKind.ClockOnlyKey);
        _emulator.Deliver("张三", "held back");
        JsonElement before = _client.SyncKey;

        Assert.Contains("selector:\"2\"", await _client.PollAsync());
        JsonElement turn = await _client.SyncAsync();

        Assert.Equal(0, turn.Int("AddMsgCount"));
        Assert.Equal([201], before.GetProperty("List").EnumerateArray().Zip(turn.GetProperty("SyncKey").GetProperty("List").EnumerateArray())
            .Where(pair => pair.First.GetRawText() != pair.Second.GetRawText()).Select(pair => pair.Second.Int("Key")));
        _emulator.Faults.Clear();
        Assert.Single(await _client.MessagesAsync());
    }

    [Fact]
    public async Task ContinueWithoutItems_goes_nowhere()
    {
        _emulator.Faults.Add("webwxsync", FaultKind.ContinueWithoutItems, count: 1);
        _emulator.Deliver("张三", "later");

        JsonElement turn = await _client.SyncAsync(_client.SyncKey);

        Assert.Equal((1, 0), (turn.Int("ContinueFlag"), turn.Int("AddMsgCount")));
        Assert.Equal(Keys(_client.SyncKey), Keys(turn.GetProperty("SyncKey")));
        Assert.Single(await _client.MessagesAsync());
    }

    [Fact]
    public async Task MissingKeys_leaves_both_lists_out()
    {
        _emulator.Deliver("张三", "x");
        _emulator.Faults.Add("webwxsync", FaultKind.MissingKeys, count: 1);

        JsonElement turn = await _client.SyncAsync();

        Assert.False(turn.TryGetProperty("SyncKey", out _) || turn.TryGetProperty("SyncCheckKey", out _));
        Assert.Equal(1, turn.Int("AddMsgCount"));
    }

    [Theory]
    [InlineData("SyncKey")]
    [InlineData("SyncCheckKey")]
    public async Task WrongKeyCount_promises_a_key_more_than_there_is(string keys)
    {
        _emulator.Deliver("张三", "x");
        _emulator.Faults.Add("webwxsync", FaultKind.WrongKeyCount, count: 1);

        JsonElement spoiled = (await _client.SyncAsync()).GetProperty(keys);
        Assert.Equal(spoiled.GetProperty("List").GetArrayLength() + 1, spoiled.Int("Count"));

        JsonElement whole = (await _client.SyncAsync()).GetProperty(keys);
        Assert.Equal(whole.GetProperty("List").GetArrayLength(), whole.Int("Count"));
    }

    [Theory]
    [InlineData("webwxsync")]
    [InlineData("webwxsendmsg")]
    public async Task Ret_says_the_words_that_it_was_given(string endpoint)
    {
        _emulator.Faults.Add(new Fault(endpoint, FaultKind.Ret) { Code = -1, Text = "系统繁忙" });

        JsonElement reply = endpoint == "webwxsync" ? await _client.SyncAsync(_client.SyncKey) : await _client.SendTextAsync("filehelper", "x");

        Assert.Equal(("系统繁忙", -1), (reply.GetProperty("BaseResponse").Text("ErrMsg"), reply.Ret()));
    }

    [Fact]
    public async Task GarbageItem_puts_broken_items_around_and_between_good_ones()
    {
        string id = _emulator.Deliver("张三", "good");
        _emulator.Faults.Add("webwxsync", FaultKind.GarbageItem, count: 1);

        JsonElement[] items = [.. (await _client.SyncAsync()).GetProperty("AddMsgList").EnumerateArray()];

        Assert.Equal(4, items.Length);
        Assert.Equal(JsonValueKind.Number, items[0].GetProperty("MsgId").ValueKind);
        Assert.Equal(id, items[1].Text("MsgId"));
        Assert.Equal(JsonValueKind.String, items[2].ValueKind);
    }

    [Fact]
    public async Task NumericFileSize_changes_the_type_of_that_member_alone()
    {
        _emulator.Deliver(new IncomingMessage { From = "张三", Kind = MessageKind.File, FileName = "a.txt", Data = new byte[123] });
        _emulator.Deliver("张三", "x");
        _emulator.Faults.Add("webwxsync", FaultKind.NumericFileSize, count: 1);

        JsonElement[] items = [.. (await _client.SyncAsync()).GetProperty("AddMsgList").EnumerateArray()];

        Assert.Equal([123, 0], items.Select(item => item.Int("FileSize")));
        Assert.Equal("a.txt", items[0].Text("FileName"));
    }

    [Fact]
    public async Task Duplicate_brings_everything_twice()
    {
        string id = _emulator.Deliver("张三", "x");
        _emulator.Faults.Add("webwxsync", FaultKind.Duplicate, count: 1);

        Assert.Equal([id, id], (await _client.SyncAsync()).GetProperty("AddMsgList").EnumerateArray().Select(m => m.Text("MsgId")));
    }

    [Fact]
    public async Task QrExpired_and_QrCancelled_end_the_code()
    {
        _emulator.Options.AutoPhone = false;
        string first = await _client.NewCodeAsync();
        string second = await _client.NewCodeAsync();
        _emulator.Faults.Add("login", FaultKind.QrExpired, count: 1);
        Assert.Equal("window.code=400;", await _client.PollLoginAsync(first));
        _emulator.Faults.Add("*", FaultKind.QrCancelled, count: 1);
        Assert.Equal("window.code=202;", await _client.PollLoginAsync(second));
        Assert.Equal("window.code=400;", await _client.PollLoginAsync(first));
    }

    [Fact]
    public async Task Refused1203_says_the_servers_words_or_those_given()
    {
        _emulator.Faults.Add("webwxnewloginpage", FaultKind.Refused1203, count: 1);
        _emulator.Faults.Add(new Fault("webwxnewloginpage", FaultKind.Refused1203) { Text = "不允许 <web>" });

        Assert.Contains("<ret>1203</ret><message>当前登录环境异常", await _client.GetTextAsync($"{WebClient.P}webwxnewloginpage?ticket=x"));
        Assert.Contains("<ret>1203</ret><message>不允许 &lt;web&gt;</message>", await _client.GetTextAsync($"{WebClient.P}webwxnewloginpage?ticket=x"));
    }

    [Fact]
    public async Task Delay_comes_late_and_otherwise_right()
    {
        _emulator.Faults.Add(new Fault("webwxsendmsg", FaultKind.Delay) { Delay = TimeSpan.FromMilliseconds(150), Count = 1 });
        var clock = Stopwatch.StartNew();

        Assert.Equal(0, (await _client.SendTextAsync("filehelper", "x")).Ret());

        Assert.True(clock.ElapsedMilliseconds >= 140);
    }

    [Fact]
    public async Task Chances_repeat_with_their_seed()
    {
        string first = await PatternAsync(seed: 7);
        string second = await PatternAsync(seed: 7);
        string third = await PatternAsync(seed: 8);

        Assert.Equal(first, second);
        Assert.NotEqual(first, third);
        Assert.Contains("x", first);
        Assert.Contains(".", first);
    }

    [Fact]
    public void A_fault_at_an_unknown_endpoint_or_with_impossible_numbers_is_refused()
    {
        Assert.Contains("synccheck", Assert.Throws<EmulatorException>(() => _emulator.Faults.Add("synchcheck", FaultKind.Reset)).Message);
        Assert.Throws<EmulatorException>(() => _emulator.Faults.Add("synccheck", FaultKind.Reset, count: 0));
        Assert.Throws<EmulatorException>(() => _emulator.Faults.Add(new Fault("*", FaultKind.Reset) { Probability = 1.5 }));
    }

    [Fact]
    public async Task Faults_strike_in_order_are_counted_and_can_be_removed()
    {
        PlannedFault status = _emulator.Faults.Add("synccheck", FaultKind.Status, count: 2);
        PlannedFault forever = _emulator.Faults.Add("*", FaultKind.Empty);

        await _client.PollAsync();
        Assert.Equal((1, 1), (status.Hits, status.Remaining));
        await _client.PollAsync();
        await _client.PollAsync();

        Assert.Equal((2, 1), (status.Hits, forever.Hits));
        Assert.Null(forever.Remaining);
        Assert.True(_emulator.Faults.Remove(forever.Id));
        Assert.False(_emulator.Faults.Remove(forever.Id));
        Assert.Equal([FaultKind.Status, FaultKind.Status, FaultKind.Empty], _emulator.Requests.Get("synccheck").TakeLast(3).Select(r => r.Fault!.Value));
    }

    private async Task<string> PatternAsync(int seed)
    {
        _emulator.Faults.Clear();
        _emulator.Faults.Add(new Fault("l", FaultKind.Empty) { Probability = 0.5, Seed = seed });
        var pattern = new StringBuilder();
        for (int i = 0; i < 40; i++)
        {
            pattern.Append((await _client.GetTextAsync("l/x")).Length == 0 ? 'x' : '.');
        }

        return pattern.ToString();
    }

    private Task<HttpResponseMessage> SyncRawAsync() => _client.PostRawAsync(
        "webwxsync", Encoding.UTF8.GetBytes($$"""{"BaseRequest":{{_client.BaseRequest}},"SyncKey":{{_client.SyncKey.GetRawText()}},"rr":1}"""));

    private static string Keys(JsonElement list) => JsonSerializer.Serialize(list);
}
