using System;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class StrictnessTests
{
    [Fact]
    public async Task Without_cookies_every_call_is_refused_with_1102()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        client.Cookies.Clear();

        Assert.Equal(1102, (await client.SyncAsync(client.SyncKey)).Ret());
        Assert.Equal(1102, (await client.SendTextAsync("filehelper", "x")).Ret());
        Assert.Equal(1102, (await client.GetJsonAsync($"{WebClient.P}webwxgetcontact?seq=0&skey={Uri.EscapeDataString(client.SKey)}")).Ret());
        Assert.Equal("window.synccheck={retcode:\"1102\",selector:\"0\"}", await client.PollAsync());
    }

    [Theory]
    [InlineData("sid")]
    [InlineData("uin")]
    [InlineData("skey")]
    [InlineData("cookie")]
    public async Task Anything_that_does_not_belong_to_the_session_is_refused_with_1101(string wrong)
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        switch (wrong)
        {
            case "sid":
                client.Sid = "aaaaaaaaaaaaaaaa";
                break;
            case "uin":
                client.Uin = "1234567890";
                break;
            case "skey":
                client.SKey = "@crypt_0_0";
                break;
            default:
                client.Cookies["wxsid"] = "aaaaaaaaaaaaaaaa";
                break;
        }

        Assert.Equal(1101, (await client.SyncAsync(client.SyncKey)).Ret());
        Assert.Contains("retcode:\"1101\"", await client.PollAsync());
        Assert.Equal(1101, (await client.InitAsync()).Ret());
    }

    [Fact]
    public async Task Uin_may_be_a_string_and_a_pass_ticket_raw_decoded_or_encoded_again()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        string basis = client.BaseRequest.Replace($"\"Uin\":{client.Uin}", $"\"Uin\":\"{client.Uin}\"", StringComparison.Ordinal);

        Assert.Equal(0, (await client.PostAsync("webwxinit", $$"""{"BaseRequest":{{basis}}}""")).Ret());
        foreach (string ticket in new[] { client.PassTicket, Uri.EscapeDataString(client.PassTicket), Uri.EscapeDataString(Uri.EscapeDataString(client.PassTicket)) })
        {
            Assert.Equal(0, (await client.PostAsync($"webwxinit?pass_ticket={ticket}", $$"""{"BaseRequest":{{basis}}}""")).Ret());
        }

        Assert.Equal(-14, (await client.PostAsync("webwxinit?pass_ticket=wrong", $$"""{"BaseRequest":{{basis}}}""")).Ret());
        emulator.Options.RequirePassTicket = true;
        Assert.Equal(-14, (await client.PostAsync("webwxinit", $$"""{"BaseRequest":{{basis}}}""")).Ret());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"BaseRequest\":7}")]
    [InlineData("{}")]
    public async Task A_body_that_is_not_the_expected_JSON_is_a_parameter_error(string body)
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);

        Assert.Equal(1, (await client.PostAsync("webwxsync", body)).Ret());
    }

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_a_parameter_error()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        byte[] body = [.. Encoding.UTF8.GetBytes($$"""{"BaseRequest":{{client.BaseRequest}},"x":" """), 0xc4, 0xe3, .. "\"}"u8];

        using HttpResponseMessage response = await client.PostRawAsync("webwxinit", body);

        Assert.Equal(1, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Ret());
    }

    [Fact]
    public async Task Methods_and_paths_are_what_they_are()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using var client = new WebClient(emulator);

        using HttpResponseMessage wrongMethod = await client.GetAsync($"{WebClient.P}webwxsync");
        using HttpResponseMessage wrongPath = await client.GetAsync($"{WebClient.P}webwxnonsense");

        Assert.Equal(405, (int)wrongMethod.StatusCode);
        Assert.Equal(404, (int)wrongPath.StatusCode);
    }

    [Theory]
    [InlineData(1100)]
    [InlineData(1101)]
    [InlineData(1102)]
    public async Task A_session_that_was_ended_answers_its_code_everywhere_and_releases_its_poll(int code)
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        Task<string> poll = client.PollAsync();
        await Emulators.UntilAsync(() => emulator.Counters.OpenPolls == 1, "the poll is held");

        emulator.Kick(code: code);

        string expected = $$"""window.synccheck={retcode:"{{code}}",selector:"0"}""";
        Assert.Equal(expected, await poll);
        Assert.Equal(expected, await client.PollAsync());
        JsonElement sync = await client.SyncAsync(client.SyncKey);
        Assert.Equal(code, sync.Ret());
        Assert.Equal(0, sync.GetProperty("SyncKey").Int("Count"));
        Assert.Equal(code, (await client.SendTextAsync("filehelper", "x")).Ret());
    }

    [Fact]
    public async Task Logging_out_redirects_without_JSON_and_ends_the_session()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        Task<string> poll = client.PollAsync();
        await Emulators.UntilAsync(() => emulator.Counters.OpenPolls == 1, "the poll is held");

        using HttpResponseMessage response = await client.PostRawAsync(
            $"webwxlogout?redirect=1&type=0&skey={Uri.EscapeDataString(client.SKey)}", "sid=&uin="u8.ToArray(), "application/x-www-form-urlencoded");

        Assert.Equal(301, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Contains("retcode:\"1101\"", await poll);
    }

    [Fact]
    public async Task A_rotated_skey_is_told_by_the_next_fetch_and_the_old_one_dies_when_the_new_one_was_used()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        string old = client.SKey;
        emulator.RotateSKey();

        JsonElement told = await client.SyncAsync();

        Assert.Equal(client.Session.SKey, told.Text("SKey"));
        Assert.NotEqual(old, client.SKey);
        Assert.Equal("", (await client.SyncAsync()).Text("SKey"));
        client.SKey = old;
        Assert.Equal(1101, (await client.SyncAsync(client.SyncKey)).Ret());
    }

    [Fact]
    public async Task A_client_that_ignores_a_new_skey_is_refused_after_it_was_told_twice()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        emulator.RotateSKey();

        Assert.Equal(0, (await client.SyncAsync(client.SyncKey)).Ret());
        Assert.Equal(0, (await client.SyncAsync(client.SyncKey)).Ret());
        Assert.Equal(1101, (await client.SyncAsync(client.SyncKey)).Ret());
    }

    [Fact]
    public async Task User_names_are_good_for_one_login_only()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient first = await WebClient.LogInAsync(emulator);
        using WebClient second = await WebClient.LogInAsync(emulator);

        Assert.NotEqual(first.UserName("张三"), second.UserName("张三"));
        Assert.Equal(1204, (await second.SendTextAsync(first.UserName("张三"), "x")).Ret());
        Assert.Equal(0, (await second.SendTextAsync(second.UserName("张三"), "x")).Ret());
    }

    [Fact]
    public async Task A_resumed_webwxinit_gives_fresh_keys_and_the_stored_ones_bring_what_was_missed()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        await client.SyncAllAsync();
        JsonElement stored = client.SyncKey;
        string id = emulator.Deliver("张三", "while you were away");

        await client.InitAsync();

        Assert.Empty((await client.SyncAsync()).GetProperty("AddMsgList").EnumerateArray());
        Assert.Equal(id, Assert.Single((await client.SyncAsync(stored)).GetProperty("AddMsgList").EnumerateArray()).Text("MsgId"));
    }
}
