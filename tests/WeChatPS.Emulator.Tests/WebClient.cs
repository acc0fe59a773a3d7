using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Emulator.Tests;

/// <summary>The least client that the protocol allows, written from its description alone.</summary>
internal sealed class WebClient : IDisposable
{
    public const string P = "cgi-bin/mmwebwx-bin/";
    public const string AppId = "wx782c26e4c19acffb";
    private static long s_lastLocalId = 17_000_000_000_000_000;
    private readonly HttpClient _http;

    public WebClient(WeChatEmulator emulator)
    {
        Emulator = emulator;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = emulator.Endpoint,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public WeChatEmulator Emulator { get; }

    public Dictionary<string, string> Cookies { get; } = [];

    public string SKey { get; set; } = "";

    public string Sid { get; set; } = "";

    public string Uin { get; set; } = "";

    public string PassTicket { get; set; } = "";

    public string Self { get; private set; } = "";

    public JsonElement SyncKey { get; set; }

    public JsonElement SyncCheckKey { get; set; }

    public JsonElement Initial { get; private set; }

    public string BaseRequest => JsonSerializer.Serialize(new
    {
        Uin = long.Parse(Uin, CultureInfo.InvariantCulture), Sid, Skey = SKey, DeviceID = "e123456789012345",
    });

    public WebSession Session => Emulator.Sessions.Single(session => session.Sid == Sid);

    /// <summary>Code, login page and webwxinit.</summary>
    public static async Task<WebClient> LogInAsync(WeChatEmulator emulator)
    {
        var client = new WebClient(emulator);
        await client.LogInAsync();
        return client;
    }

    public async Task LogInAsync()
    {
        string uuid = await NewCodeAsync();
        string redirect = await PollUntilConfirmedAsync(uuid);
        await OpenLoginPageAsync(redirect);
        await InitAsync();
    }

    public async Task<string> NewCodeAsync()
    {
        string script = await GetTextAsync(
            $"jslogin?appid={AppId}&redirect_uri=https%3A%2F%2Fwx.qq.com%2Fcgi-bin%2Fmmwebwx-bin%2Fwebwxnewloginpage&fun=new&lang=zh_CN&_=1");
        return Regex.Match(script, "window.QRLogin.code = 200; window.QRLogin.uuid = \"(.+)\";").Groups[1].Value;
    }

    public Task<string> PollLoginAsync(string uuid, int tip = 0) =>
        GetTextAsync($"{P}login?loginicon=true&uuid={Uri.EscapeDataString(uuid)}&tip={tip}&r=1&_=1");

    public async Task<string> PollUntilConfirmedAsync(string uuid)
    {
        for (int i = 0; i < 50; i++)
        {
            Match match = Regex.Match(await PollLoginAsync(uuid), "window.redirect_uri=\"(.+?)\";");
            if (match.Success)
            {
                return match.Groups[1].Value;
            }
        }

        throw new InvalidOperationException("the login was never confirmed");
    }

    public async Task OpenLoginPageAsync(string redirect)
    {
        using HttpResponseMessage response = await GetAsync(new Uri(redirect).PathAndQuery[1..] + "&fun=new&version=v2");
        string xml = await response.Content.ReadAsStringAsync();
        SKey = Tag(xml, "skey");
        Sid = Tag(xml, "wxsid");
        Uin = Tag(xml, "wxuin");
        PassTicket = Tag(xml, "pass_ticket");
    }

    public async Task<JsonElement> InitAsync()
    {
        JsonElement init = await PostAsync($"webwxinit?r=1&lang=zh_CN&pass_ticket={Uri.EscapeDataString(PassTicket)}", $$"""{"BaseRequest":{{BaseRequest}}}""");
        Initial = init;
        Self = init.GetProperty("User").GetProperty("UserName").GetString()!;
        SyncKey = init.GetProperty("SyncKey");
        SyncCheckKey = SyncKey;
        return init;
    }

    public string Query(JsonElement keys, string name = "synckey") =>
        $"r=1&skey={Uri.EscapeDataString(SKey)}&sid={Uri.EscapeDataString(Sid)}&uin={Uin}&deviceid=e123456789012345&{name}="
        + Uri.EscapeDataString(string.Join('|', keys.GetProperty("List").EnumerateArray().Select(k => $"{k.GetProperty("Key")}_{k.GetProperty("Val")}")))
        + "&_=1";

    public Task<string> PollAsync(JsonElement? keys = null, CancellationToken cancel = default) =>
        GetTextAsync($"{P}synccheck?{Query(keys ?? SyncCheckKey)}", cancel);

    /// <summary>One fetch; takes over the keys that it brings.</summary>
    public async Task<JsonElement> SyncAsync()
    {
        JsonElement reply = await SyncAsync(SyncKey);
        if (reply.TryGetProperty("SyncKey", out JsonElement key) && key.GetProperty("Count").GetInt32() > 0)
        {
            SyncKey = key;
            SyncCheckKey = reply.GetProperty("SyncCheckKey");
        }

        string skey = reply.GetProperty("SKey").GetString()!;
        SKey = skey.Length > 0 ? skey : SKey;
        return reply;
    }

    public Task<JsonElement> SyncAsync(JsonElement keys) => PostAsync(
        $"webwxsync?sid={Uri.EscapeDataString(Sid)}&skey={Uri.EscapeDataString(SKey)}&lang=zh_CN&pass_ticket={Uri.EscapeDataString(PassTicket)}",
        $$"""{"BaseRequest":{{BaseRequest}},"SyncKey":{{keys.GetRawText()}},"rr":1}""");

    /// <summary>Fetches until nothing is left; the messages' contents.</summary>
    public async Task<List<JsonElement>> SyncAllAsync()
    {
        var messages = new List<JsonElement>();
        JsonElement reply;
        do
        {
            reply = await SyncAsync();
            messages.AddRange(reply.GetProperty("AddMsgList").EnumerateArray());
        }
        while (reply.GetProperty("ContinueFlag").GetInt32() != 0);
        return messages;
    }

    /// <summary>What a fetch brings besides the list of chats that every login begins with.</summary>
    public async Task<List<JsonElement>> MessagesAsync() =>
        [.. (await SyncAllAsync()).Where(m => m.GetProperty("StatusNotifyCode").GetInt32() != 4)];

    public static string NewLocalId() => Interlocked.Increment(ref s_lastLocalId).ToString(CultureInfo.InvariantCulture);

    public Task<JsonElement> SendTextAsync(string to, string text, string? localId = null) =>
        SendAsync("webwxsendmsg", to, 1, $"\"Content\":\"{text}\"", localId);

    public Task<JsonElement> SendAsync(string endpoint, string to, int type, string members, string? localId = null)
    {
        localId ??= NewLocalId();
        return PostAsync(
            $"{endpoint}?fun=async&f=json&lang=zh_CN&pass_ticket={Uri.EscapeDataString(PassTicket)}",
            $$"""{"BaseRequest":{{BaseRequest}},"Msg":{"Type":{{type}},{{members}},"FromUserName":"{{Self}}","ToUserName":"{{to}}","LocalID":"{{localId}}","ClientMsgId":"{{localId}}"},"Scene":0}""");
    }

    public async Task<JsonElement> PostAsync(string endpoint, string json)
    {
        using HttpResponseMessage response = await PostRawAsync(endpoint, Encoding.UTF8.GetBytes(json));
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;
    }

    public async Task<HttpResponseMessage> PostRawAsync(string endpoint, byte[] body, string contentType = "application/json; charset=utf-8")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, P + endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string pathAndQuery, CancellationToken cancel = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, pathAndQuery), cancel);

    public async Task<string> GetTextAsync(string pathAndQuery, CancellationToken cancel = default)
    {
        using HttpResponseMessage response = await GetAsync(pathAndQuery, cancel);
        return Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancel));
    }

    public async Task<JsonElement> GetJsonAsync(string pathAndQuery) =>
        JsonDocument.Parse(await GetTextAsync(pathAndQuery)).RootElement;

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel = default)
    {
        if (Cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        }

        HttpResponseMessage response = await _http.SendAsync(request, cancel);
        if (response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? lines))
        {
            foreach (string line in lines)
            {
                string pair = line.Split(';')[0];
                int equals = pair.IndexOf('=', StringComparison.Ordinal);
                Cookies[pair[..equals]] = pair[(equals + 1)..];
            }
        }

        return response;
    }

    public string UserName(string contact) => Session.UserNameOf(Emulator.Self.Contact(contact));

    public void Dispose() => _http.Dispose();

    private static string Tag(string xml, string name) => Regex.Match(xml, $"<{name}>(.*?)</{name}>").Groups[1].Value;
}

internal static class JsonReading
{
    public static int Ret(this JsonElement reply) => reply.GetProperty("BaseResponse").GetProperty("Ret").GetInt32();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
