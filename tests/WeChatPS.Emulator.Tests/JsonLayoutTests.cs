using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using WeChatPS.Emulator.Wire;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class JsonLayoutTests
{
    [CaptureFact]
    public void A_real_webwxinit_written_again_is_the_same_byte_for_byte()
    {
        byte[] real = Captures.Read("2019-06-webwxinit/webwxinit.full.json");
        using JsonDocument document = JsonDocument.Parse(real);
        var json = new ServerJsonWriter();

        json.Element(document.RootElement);

        Assert.Equal(Encoding.UTF8.GetString(real), Encoding.UTF8.GetString(json.ToArray()));
    }

    [Fact]
    public void Nested_values_empty_lists_and_escapes_stand_as_the_server_writes_them()
    {
        const string Expected = "{\n\"A\": {\n\"B\": 1\n}\n,\n\"C\": [],\n\"D\": [{\n\"E\": \"<b> \\\"\\n\\t\\\\ \\u0001 友🎉\"\n}\n,{\n\"F\": {\n\"G\": []\n}\n}\n]\n}\n";
        using JsonDocument document = JsonDocument.Parse(Expected);
        var json = new ServerJsonWriter();

        json.Element(document.RootElement);

        Assert.Equal(Expected, Encoding.UTF8.GetString(json.ToArray()));
    }

    [Fact]
    public async Task The_reply_to_a_text_has_the_112_bytes_of_the_real_one()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        string id = WebClient.NewLocalId();
        string body = $$"""{"BaseRequest":{{client.BaseRequest}},"Msg":{"Type":1,"Content":"s","FromUserName":"{{client.Self}}","ToUserName":"filehelper","LocalID":"{{id}}","ClientMsgId":"{{id}}"},"Scene":0}""";

        using HttpResponseMessage response = await client.PostRawAsync("webwxsendmsg?lang=zh_CN", Encoding.UTF8.GetBytes(body));

        Assert.Equal(112, response.Content.Headers.ContentLength);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task The_reply_to_a_status_notice_has_the_80_bytes_of_the_real_one()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        string body = $$"""{"BaseRequest":{{client.BaseRequest}},"Code":3,"FromUserName":"{{client.Self}}","ToUserName":"{{client.Self}}","ClientMsgId":1}""";

        using HttpResponseMessage response = await client.PostRawAsync("webwxstatusnotify?lang=zh_CN", Encoding.UTF8.GetBytes(body));

        Assert.Equal(80, response.Content.Headers.ContentLength);
    }

    [CaptureFact]
    public async Task Our_webwxinit_has_the_members_of_the_real_one_in_their_order()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        using JsonDocument real = JsonDocument.Parse(Captures.Read("2019-06-webwxinit/webwxinit.trimmed.json"));

        Assert.Equal(Shape(real.RootElement), Shape(client.Initial));
    }

    [CaptureFact]
    public async Task Our_other_replies_have_the_members_of_the_real_ones_in_their_order()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        JsonElement details = await client.PostAsync(
            "webwxbatchgetcontact",
            $$"""{"BaseRequest":{{client.BaseRequest}},"Count":1,"List":[{"UserName":"{{client.UserName("运维群")}}"}]}""");

        Assert.Equal(RealShape("webwxsync"), Shape(await client.SyncAsync()));
        Assert.Equal(RealShape("webwxbatchgetcontact"), Shape(details));
    }

    private static string RealShape(string endpoint)
    {
        using JsonDocument real = JsonDocument.Parse(Captures.Read($"2018-12-weixinHttp/{endpoint}.reply.json"));
        return Shape(real.RootElement);
    }

    [CaptureFact]
    public async Task A_refused_webwxinit_is_the_real_one_but_for_the_code()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using WebClient client = await WebClient.LogInAsync(emulator);
        emulator.Kick();
        string body = $$"""{"BaseRequest":{{client.BaseRequest}}}""";

        using HttpResponseMessage response = await client.PostRawAsync("webwxinit", Encoding.UTF8.GetBytes(body));

        string expected = Encoding.UTF8.GetString(Captures.Read("2019-06-webwxinit/webwxinit.ret1.json"))
            .Replace("\"Ret\": 1,", "\"Ret\": 1100,", System.StringComparison.Ordinal);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The names of members, with the first item of each list standing for all.</summary>
    private static string Shape(JsonElement element)
    {
        var shape = new StringBuilder();
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    shape.Append(property.Name).Append('{');
                    if (property.Name != "MPSubscribeMsgList")
                    {
                        shape.Append(Shape(property.Value));
                    }

                    shape.Append('}');
                }

                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                shape.Append(Shape(element[0]));
                break;
            default:
                break;
        }

        return shape.ToString();
    }
}
