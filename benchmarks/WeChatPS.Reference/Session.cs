using System;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace WeChatPS.Reference;

/// <summary>The requests of a session. A response is looked into no further than the next request needs.</summary>
internal sealed class Session : IDisposable
{
    private const string Prefix = "/cgi-bin/mmwebwx-bin/";

    private readonly HttpClient _http;
    private readonly Login _login;
    private readonly string _baseRequest;
    private readonly string _query;
    private string _syncKey;
    private string _checkKey = "";

    public Session(HttpClient http, Login login)
    {
        _http = http;
        _login = login;
        _syncKey = login.SyncKey;
        _baseRequest = $$"""{"BaseRequest":{"Uin":"{{login.Uin}}","Sid":"{{login.Sid}}","Skey":"{{login.Skey}}","DeviceID":"e123456789012345"}""";
        _query = $"sid={Uri.EscapeDataString(login.Sid)}&skey={Uri.EscapeDataString(login.Skey)}&pass_ticket={Uri.EscapeDataString(login.Ticket)}";
    }

    public static HttpClient Http(Uri endpoint) =>
        new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = endpoint };

    public static Session Load(Uri endpoint, string folder) => new(Http(endpoint), Login.Load(folder));

    /// <summary>Begins the session, and fetches what the server greets it with.</summary>
    /// <returns>The login with the key from which the next fetch goes on.</returns>
    public async Task<Login> InitAsync()
    {
        string reply = Encoding.UTF8.GetString(await PostAsync("webwxinit?", "}").ConfigureAwait(false));
        using JsonDocument init = JsonDocument.Parse(reply);
        _syncKey = OneLine(init.RootElement.GetProperty("SyncKey").GetRawText());
        await FetchAsync().ConfigureAwait(false);
        return _login with { UserName = init.RootElement.GetProperty("User").GetProperty("UserName").GetString()!, SyncKey = _syncKey };
    }

    /// <summary>One long poll.</summary>
    /// <returns>Whether there is something to fetch.</returns>
    public async Task<bool> PollAsync()
    {
        byte[] reply = await SendAsync(HttpMethod.Get, $"synccheck?uin={_login.Uin}&deviceid=e123456789012345&synckey={_checkKey}&{_query}", null).ConfigureAwait(false);
        return reply.AsSpan().IndexOf("retcode:\"0\""u8) < 0
            ? throw new InvalidOperationException(Encoding.UTF8.GetString(reply))
            : reply.AsSpan().IndexOf("selector:\"0\""u8) < 0;
    }

    /// <summary>One fetch.</summary>
    /// <returns>The response, and how many messages it says that it has.</returns>
    public async Task<(byte[] Reply, int Messages)> FetchAsync()
    {
        byte[] reply = await PostAsync("webwxsync?", $",\"SyncKey\":{_syncKey},\"rr\":-1}}").ConfigureAwait(false);
        _syncKey = Key(reply, "\"SyncKey\":"u8, "\"SKey\":"u8);
        _checkKey = Query(Key(reply, "\"SyncCheckKey\":"u8, []));
        return (reply, Number(reply, "\"AddMsgCount\": "u8));
    }

    public async Task SendTextAsync(string text, string clientMsgId)
    {
        byte[] reply = await PostAsync("webwxsendmsg?", $$"""
            ,"Msg":{"Type":1,"Content":"{{text}}","FromUserName":"{{_login.UserName}}","ToUserName":"filehelper","LocalID":"{{clientMsgId}}","ClientMsgId":"{{clientMsgId}}"},"Scene":0}
            """).ConfigureAwait(false);
        if (Number(reply, "\"Ret\": "u8) != 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(reply));
    }

    /// <summary>A page of the address book.</summary>
    /// <returns>How many contacts it has, and the number of the next page, or 0.</returns>
    public async Task<(int Contacts, int Next)> ContactsAsync(int page)
    {
        byte[] reply = await SendAsync(HttpMethod.Get, $"webwxgetcontact?seq={page}&{_query}", null).ConfigureAwait(false);
        return (Number(reply, "\"MemberCount\": "u8), Number(reply.AsSpan(reply.AsSpan().LastIndexOf("\"Seq\": "u8)), "\"Seq\": "u8));
    }

    public void Dispose() => _http.Dispose();

    private Task<byte[]> PostAsync(string request, string rest) => SendAsync(HttpMethod.Post, request + _query, _baseRequest + rest);

    private async Task<byte[]> SendAsync(HttpMethod method, string request, string? body)
    {
        using var message = new HttpRequestMessage(method, Prefix + request);
        message.Headers.TryAddWithoutValidation("Cookie", _login.Cookies);
        if (body is not null) message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage reply = await _http.SendAsync(message).ConfigureAwait(false);
        return await reply.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync().ConfigureAwait(false);
    }

    private static string Key(ReadOnlySpan<byte> reply, ReadOnlySpan<byte> name, ReadOnlySpan<byte> next)
    {
        int from = reply.LastIndexOf(name) + name.Length;
        int to = next.IsEmpty ? reply.LastIndexOf((byte)'}') : reply.LastIndexOf(next);
        return OneLine(Encoding.UTF8.GetString(reply[from..to])).TrimEnd(',');
    }

    private static string OneLine(string json) => json.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Keys as a poll names them: <c>1_600|2_601</c>.</summary>
    private static string Query(string keys)
    {
        var query = new StringBuilder();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(keys));
        for (int numbers = 0; reader.Read();)
        {
            if (reader.TokenType != JsonTokenType.Number || numbers++ == 0) continue; // the first one counts them
            query.Append(reader.GetInt64().ToString(CultureInfo.InvariantCulture)).Append(numbers % 2 == 0 ? '_' : '|');
        }

        return query.ToString().TrimEnd('|');
    }

    private static int Number(ReadOnlySpan<byte> reply, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> digits = reply[(reply.IndexOf(name) + name.Length)..];
        digits = digits[..digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9')];
        return int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
