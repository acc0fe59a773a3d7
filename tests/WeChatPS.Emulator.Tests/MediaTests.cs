using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class MediaTests : IAsyncLifetime
{
    private const int Piece = 512 * 1024;
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
    public async Task A_small_file_goes_up_in_one_piece_and_out_as_an_image()
    {
        byte[] data = RandomNumberGenerator.GetBytes(1000);
        JsonElement up = await UploadAsync(data, "IMG_1854.JPG", "pic");
        string mediaId = up.Text("MediaId");

        Assert.StartsWith("@crypt_", mediaId, StringComparison.Ordinal);
        Assert.Equal((1000, "IMG%5F1854%2EJPG"), (up.Int("StartPos"), up.Text("EncryFileName")));
        JsonElement reply = await _client.SendAsync("webwxsendmsgimg", _client.UserName("张三"), 3, $"\"MediaId\":\"{mediaId}\",\"Content\":\"\"");
        Assert.Equal(0, reply.Ret());
        SentMessage sent = Assert.Single(_emulator.Sent);
        Assert.Equal((3, "IMG_1854.JPG", mediaId), (sent.Type, sent.FileName, sent.MediaId));
        Assert.Equal(data, sent.Data.ToArray());
    }

    [Fact]
    public async Task Media_sent_move_SyncCheckKey_alone_and_polls_report_it_until_that_is_followed()
    {
        string mediaId = (await UploadAsync(new byte[10], "a.png", "pic")).Text("MediaId");
        await _client.SendAsync("webwxsendmsgimg", "filehelper", 3, $"\"MediaId\":\"{mediaId}\"");

        Assert.Contains("selector:\"2\"", await _client.PollAsync());
        JsonElement turn = await _client.SyncAsync();
        Assert.Equal(0, turn.Int("AddMsgCount"));
        Assert.NotEqual(turn.GetProperty("SyncKey").GetRawText(), turn.GetProperty("SyncCheckKey").GetRawText());
        Assert.Contains("selector:\"2\"", await _client.PollAsync(_client.SyncKey));
        Task<string> quiet = _client.PollAsync();
        await Emulators.UntilAsync(() => _emulator.Counters.OpenPolls == 1, "the poll is held");
        _emulator.Deliver("张三", "x");
        Assert.Contains("selector:\"2\"", await quiet);
    }

    [Fact]
    public async Task A_large_file_goes_up_piece_by_piece_and_a_middle_piece_answers_162_bytes()
    {
        byte[] data = RandomNumberGenerator.GetBytes((2 * Piece) + 100);
        for (int piece = 0; piece < 2; piece++)
        {
            using HttpResponseMessage middle = await PieceAsync(data, "IMG_1002.JPG", "pic", piece, 3);
            Assert.Equal(162, middle.Content.Headers.ContentLength);
        }

        JsonElement last = await JsonAsync(PieceAsync(data, "IMG_1002.JPG", "pic", 2, 3));

        Assert.Equal(data.Length, last.Int("StartPos"));
        Assert.StartsWith("@crypt_", last.Text("MediaId"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_piece_may_be_repeated_but_not_left_out()
    {
        byte[] data = new byte[(2 * Piece) + 1];
        Assert.Equal(1, (await JsonAsync(PieceAsync(data, "a.bin", "doc", 1, 3))).Ret());
        Assert.Equal(0, (await JsonAsync(PieceAsync(data, "a.bin", "doc", 0, 3))).Ret());
        Assert.Equal(0, (await JsonAsync(PieceAsync(data, "a.bin", "doc", 0, 3))).Ret());
        Assert.Equal(1, (await JsonAsync(PieceAsync(data, "a.bin", "doc", 2, 3))).Ret());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_last_piece_may_be_repeated_too_and_another_file_begins_anew(int pieces)
    {
        byte[] data = RandomNumberGenerator.GetBytes(pieces * Piece);
        JsonElement reply = default;
        for (int piece = 0; piece < pieces; piece++) reply = await JsonAsync(PieceAsync(data, "a.bin", "doc", piece, pieces));
        string mediaId = reply.Text("MediaId");

        Assert.Equal(mediaId, (await JsonAsync(PieceAsync(data, "a.bin", "doc", pieces - 1, pieces))).Text("MediaId"));
        byte[] other = RandomNumberGenerator.GetBytes(10);
        JsonElement second = await UploadAsync(other, "a.bin", "doc");
        Assert.Equal(0, second.Ret());
        Assert.NotEqual(mediaId, second.Text("MediaId"));
    }

    [Fact]
    public async Task An_upload_is_refused_when_something_does_not_fit()
    {
        byte[] data = new byte[100];
        Assert.Equal(1, (await JsonAsync(PieceAsync(data, "a.bin", "doc", 0, 1, md5: "00000000000000000000000000000000"))).Ret());
        Assert.Equal(1, (await JsonAsync(PieceAsync(data, "a.bin", "nonsense", 0, 1))).Ret());
        Assert.Equal(1101, (await JsonAsync(PieceAsync(data, "a.bin", "doc", 0, 1, dataTicket: "wrong"))).Ret());
        Assert.Equal(1, (await JsonAsync(PieceAsync(new byte[Piece + 1], "a.bin", "doc", 0, 1))).Ret());
        Assert.Equal(1, (await _client.PostAsync("webwxuploadmedia?f=json", "{}")).Ret());
        Assert.Equal(1, (await _client.SendAsync("webwxsendmsgimg", "filehelper", 3, "\"MediaId\":\"@crypt_unknown\"")).Ret());
    }

    [Fact]
    public async Task More_than_25_MiB_need_a_signature_and_a_known_file_needs_no_upload()
    {
        byte[] data = new byte[(25 * 1024 * 1024) + 1];
        string md5 = Md5(data);
        int pieces = (data.Length + Piece - 1) / Piece;
        Assert.Equal(1, (await JsonAsync(PieceAsync(data, "big.zip", "doc", 0, pieces))).Ret());

        JsonElement permit = await CheckAsync(md5, data.Length);
        Assert.Equal("", permit.Text("MediaId"));
        string extra = $",\"AESKey\":\"{permit.Text("AESKey")}\",\"Signature\":\"{permit.Text("Signature")}\"";
        JsonElement last = default;
        for (int piece = 0; piece < pieces; piece++)
        {
            last = await JsonAsync(PieceAsync(data, "big.zip", "doc", piece, pieces, extra: extra, md5: md5));
            Assert.Equal(0, last.Ret());
        }

        string mediaId = last.Text("MediaId");
        JsonElement known = await CheckAsync(md5, data.Length);
        Assert.Equal((mediaId, permit.Text("Signature")), (known.Text("MediaId"), known.Text("Signature")));
        Assert.Equal(1, (await SendFileAsync(mediaId, "big.zip", "")).Ret());
        Assert.Equal(0, (await SendFileAsync(mediaId, "big.zip", $",\"Signature\":\"{permit.Text("Signature")}\"")).Ret());
        Assert.Equal(data.Length, Assert.Single(_emulator.Sent).Data.Length);
    }

    [Fact]
    public async Task A_video_is_sent_with_the_word_pass_ticket_for_a_ticket()
    {
        // openwechat's WebWxSendVideoMsg (client.go) sends the parameter's name as its value.
        string mediaId = (await UploadAsync(new byte[10], "a.mp4", "video")).Text("MediaId");
        _client.PassTicket = "pass_ticket";

        Assert.Equal(0, (await _client.SendAsync("webwxsendvideomsg", "filehelper", 43, $"\"MediaId\":\"{mediaId}\"")).Ret());
        Assert.Equal(-14, (await _client.SendTextAsync("filehelper", "x")).Ret());
        _client.PassTicket = "another";
        Assert.Equal(-14, (await _client.SendAsync("webwxsendvideomsg", "filehelper", 43, $"\"MediaId\":\"{mediaId}\"")).Ret());
    }

    [Fact]
    public async Task A_sticker_may_call_itself_a_text()
    {
        // openwechat's WebWxSendEmoticon (client.go) sets Type 1.
        string md5 = Md5([1, 2, 3]);

        JsonElement reply = await _client.SendAsync("webwxsendemoticon", "filehelper", 1, $"\"Content\":\"\",\"EmojiFlag\":2,\"EMoticonMd5\":\"{md5}\"");

        Assert.Equal(0, reply.Ret());
        Assert.Equal(47, Assert.Single(_emulator.Sent).MsgType);
        Assert.Equal(1, (await _client.SendAsync("webwxsendemoticon", "filehelper", 3, $"\"EMoticonMd5\":\"{md5}\"")).Ret());
    }

    [Theory]
    [InlineData("MsgID")]
    [InlineData("msgid")]
    public async Task An_image_is_fetched_with_either_spelling_of_its_id(string name)
    {
        // The web client and openwechat write MsgID. ItChat's get_download_fn (itchat/components/messages.py) writes msgid.
        byte[] data = RandomNumberGenerator.GetBytes(100);
        string id = _emulator.Deliver(new IncomingMessage { From = "张三", Kind = MessageKind.Image, Data = data });
        await _client.SyncAllAsync();

        using HttpResponseMessage image = await _client.GetAsync($"{WebClient.P}webwxgetmsgimg?{name}={id}&skey={Uri.EscapeDataString(_client.SKey)}");

        Assert.Equal(data, await image.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("webwxgeticon", "张三", "username")]
    [InlineData("webwxgeticon", "张三", "userName")]
    [InlineData("webwxgetheadimg", "运维群", "username")]
    [InlineData("webwxgetheadimg", "运维群", "userName")]
    public async Task An_avatar_is_fetched_with_either_spelling_of_the_name(string endpoint, string contact, string name)
    {
        // The addresses in contacts say username. ItChat's get_head_img (itchat/components/contact.py) writes userName.
        using HttpResponseMessage avatar = await _client.GetAsync(
            $"{WebClient.P}{endpoint}?{name}={_client.UserName(contact)}&skey={Uri.EscapeDataString(_client.SKey)}");

        Assert.Equal([0xff, 0xd8], (await avatar.Content.ReadAsByteArrayAsync()).Take(2));
    }

    [Fact]
    public async Task Received_media_can_be_fetched_by_MsgId()
    {
        byte[] data = RandomNumberGenerator.GetBytes(5000);
        string image = _emulator.Deliver(new IncomingMessage { From = "张三", Kind = MessageKind.Image, Data = data });
        string voice = _emulator.Deliver(new IncomingMessage { From = "张三", Kind = MessageKind.Voice, Data = data });

        Assert.Equal(data, await BytesAsync($"webwxgetmsgimg?MsgID={image}&skey={Uri.EscapeDataString(_client.SKey)}"));
        Assert.NotEqual(data, await BytesAsync($"webwxgetmsgimg?MsgID={image}&skey={Uri.EscapeDataString(_client.SKey)}&type=slave"));
        Assert.Equal(data, await BytesAsync($"webwxgetvoice?msgid={voice}&skey={Uri.EscapeDataString(_client.SKey)}"));
    }

    [Fact]
    public async Task A_video_comes_only_to_those_who_ask_for_a_range()
    {
        byte[] data = RandomNumberGenerator.GetBytes(5000);
        string id = _emulator.Deliver(new IncomingMessage { From = "张三", Kind = MessageKind.Video, Data = data });
        string address = $"webwxgetvideo?msgid={id}&skey={Uri.EscapeDataString(_client.SKey)}";

        Assert.Empty(await BytesAsync(address));
        using HttpResponseMessage whole = await RangeAsync(address, "bytes=0-");
        Assert.Equal((206, "bytes 0-4999/5000"), ((int)whole.StatusCode, whole.Content.Headers.ContentRange!.ToString()));
        Assert.Equal(data, await whole.Content.ReadAsByteArrayAsync());
        using HttpResponseMessage rest = await RangeAsync(address, "bytes=4000-");
        Assert.Equal(data[4000..], await rest.Content.ReadAsByteArrayAsync());
        using HttpResponseMessage middle = await RangeAsync(address, "bytes=10-19");
        Assert.Equal(data[10..20], await middle.Content.ReadAsByteArrayAsync());
        using HttpResponseMessage beyond = await RangeAsync(address, "bytes=5000-");
        Assert.Equal(416, (int)beyond.StatusCode);
    }

    [Fact]
    public async Task A_received_file_needs_the_data_ticket()
    {
        byte[] data = RandomNumberGenerator.GetBytes(50);
        _emulator.Deliver(new IncomingMessage { From = "张三", Kind = MessageKind.File, FileName = "a b.txt", Data = data });
        string mediaId = Assert.Single(await _client.MessagesAsync()).Text("MediaId");
        string address = $"webwxgetmedia?sender=x&mediaid={mediaId}&filename=a%20b.txt&fromuser={_client.Uin}&pass_ticket={Uri.EscapeDataString(_client.PassTicket)}";

        Assert.Equal(data, await BytesAsync($"{address}&webwx_data_ticket={_client.Cookies["webwx_data_ticket"]}"));
        Assert.Equal(1101, (await _client.GetJsonAsync($"{WebClient.P}{address}")).Ret());
    }

    [Theory]
    [InlineData(false, 200, 0)]
    [InlineData(true, 206, 10)]
    public async Task A_file_comes_in_parts_only_where_that_is_set(bool isSet, int status, int from)
    {
        byte[] data = RandomNumberGenerator.GetBytes(50);
        _emulator.Deliver(new IncomingMessage { From = "张三", Kind = MessageKind.File, FileName = "a.txt", Data = data });
        string mediaId = Assert.Single(await _client.MessagesAsync()).Text("MediaId");
        _emulator.Options.FileRanges = isSet;

        using HttpResponseMessage reply = await RangeAsync(
            $"webwxgetmedia?sender=x&mediaid={mediaId}&filename=a.txt&webwx_data_ticket={_client.Cookies["webwx_data_ticket"]}", "bytes=10-");

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Equal(data[from..], await reply.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_rotated_data_ticket_comes_with_the_next_fetch()
    {
        string old = _client.Cookies["webwx_data_ticket"];
        _emulator.RotateDataTicket();

        await _client.SyncAsync();

        Assert.NotEqual(old, _client.Cookies["webwx_data_ticket"]);
        Assert.Equal(0, (await UploadAsync(new byte[1], "a", "doc")).Ret());
    }

    [Fact]
    public async Task Avatars_differ_from_contact_to_contact()
    {
        string[] addresses = [.. _client.Initial.GetProperty("ContactList").EnumerateArray().Select(c => c.Text("HeadImgUrl")[1..])];

        byte[][] pictures = await Task.WhenAll(addresses.Select(address => BytesAsync(address[WebClient.P.Length..])));

        Assert.All(pictures, picture => Assert.Equal([0xff, 0xd8], picture.Take(2)));
        Assert.Equal(pictures.Length, pictures.Select(Convert.ToHexString).Distinct().Count());
        Assert.Empty(await BytesAsync("webwxgeticon?seq=0&username=@nobody&skey="));
    }

    private Task<JsonElement> UploadAsync(byte[] data, string name, string mediaType) => JsonAsync(PieceAsync(data, name, mediaType, 0, 1));

    private Task<HttpResponseMessage> PieceAsync(
        byte[] data, string name, string mediaType, int piece, int pieces, string? md5 = null, string? dataTicket = null, string extra = "")
    {
        string about = $$"""{"UploadType":2,"BaseRequest":{{_client.BaseRequest}},"ClientMediaId":1546217858497,"TotalLen":{{data.Length}},"StartPos":0,"DataLen":{{data.Length}},"MediaType":4,"FromUserName":"{{_client.Self}}","ToUserName":"filehelper","FileMd5":"{{md5 ?? Md5(data)}}"{{extra}}}""";
        using var form = new MultipartFormDataContent("----WebKitFormBoundaryX");
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=----WebKitFormBoundaryX");
        void Field(string field, string value) => form.Add(new StringContent(value), $"\"{field}\"");
        Field("id", "WU_FILE_0");
        Field("name", name);
        Field("type", "application/octet-stream");
        Field("lastModifiedDate", "Sat Jun 23 2018 16:45:07 GMT+0800 (中国标准时间)");
        Field("size", $"{data.Length}");
        if (pieces > 1)
        {
            Field("chunks", $"{pieces}");
            Field("chunk", $"{piece}");
        }

        Field("mediatype", mediaType);
        Field("uploadmediarequest", about);
        Field("webwx_data_ticket", dataTicket ?? _client.Cookies["webwx_data_ticket"]);
        Field("pass_ticket", "undefined");
        byte[] part = pieces == 1 ? data : data[(piece * Piece)..Math.Min(data.Length, (piece + 1) * Piece)];
        var file = new ByteArrayContent(part);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"filename\"", FileName = $"\"{name}\"" };
        form.Add(file);
        byte[] body = form.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        return _client.PostRawAsync("webwxuploadmedia?f=json", body, "multipart/form-data; boundary=----WebKitFormBoundaryX");
    }

    private Task<JsonElement> CheckAsync(string md5, int size) => _client.PostAsync(
        "webwxcheckupload",
        $$"""{"BaseRequest":{{_client.BaseRequest}},"FileMd5":"{{md5}}","FileName":"big.zip","FileSize":{{size}},"FileType":7,"FromUserName":"{{_client.Self}}","ToUserName":"filehelper"}""");

    private Task<JsonElement> SendFileAsync(string mediaId, string name, string extra) => _client.SendAsync(
        "webwxsendappmsg",
        "filehelper",
        6,
        $"\"Content\":\"<appmsg appid='wxeb7ec651dd0aefa9' sdkver=''><title>{name}</title><des></des><action></action><type>6</type><content></content><url></url><lowurl></lowurl><appattach><totallen>1</totallen><attachid>{mediaId}</attachid><fileext>zip</fileext></appattach><extinfo></extinfo></appmsg>\"{extra}");

    private async Task<byte[]> BytesAsync(string address)
    {
        using HttpResponseMessage response = await _client.GetAsync(WebClient.P + address);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private async Task<HttpResponseMessage> RangeAsync(string address, string range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, WebClient.P + address);
        request.Headers.TryAddWithoutValidation("Range", range);
        return await _client.SendAsync(request);
    }

    private static async Task<JsonElement> JsonAsync(Task<HttpResponseMessage> reply)
    {
        using HttpResponseMessage response = await reply;
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;
    }

#pragma warning disable CA5351 // the protocol names files by their MD5
    private static string Md5(byte[] data) => Convert.ToHexString(MD5.HashData(data)).ToLowerInvariant();
#pragma warning restore CA5351
}
