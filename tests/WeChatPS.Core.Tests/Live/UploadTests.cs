using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Media;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

public sealed class UploadTests : IDisposable
{
    private const int Piece = 512 * 1024;

    private readonly SampleFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("照片 😀.png", WeChatFileKind.Auto, "webwxsendmsgimg", 3)]
    [InlineData("a.gif", WeChatFileKind.Auto, "webwxsendemoticon", 47)]
    [InlineData("a.mp4", WeChatFileKind.Auto, "webwxsendvideomsg", 43)]
    [InlineData("a <b> & \"c\".tar.gz", WeChatFileKind.Auto, "webwxsendappmsg", 6)]
    [InlineData("no extension", WeChatFileKind.Auto, "webwxsendappmsg", 6)]
    [InlineData("b.png", WeChatFileKind.File, "webwxsendappmsg", 6)]
    [InlineData("c.bin", WeChatFileKind.Image, "webwxsendmsgimg", 3)]
    public async Task A_file_arrives_as_what_it_is_or_is_to_be_under_its_own_name(string name, WeChatFileKind wanted, string endpoint, int type)
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        byte[] data = _files.Make(name, 3000, out string path);

        WeChatReceipt receipt = await SendAsync(session, path, wanted);

        SentMessage sent = Assert.Single(server.Emulator.Sent);
        Assert.Equal((endpoint, type, sent.MsgId), (sent.Endpoint, sent.Type, receipt.MessageId));
        Assert.Equal(data, sent.Data.ToArray());
        Assert.Equal(name.Replace("\"", "%22", StringComparison.Ordinal), FileNameOf(server));
        Assert.Equal(name, sent.FileName);
        Assert.All(server.Emulator.Requests.Get(), request => Assert.DoesNotContain(_files.Folder, request.Body, StringComparison.Ordinal));
        Assert.Equal(1, session.SentCount);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(Piece, 1)]
    [InlineData(Piece + 1, 2)]
    [InlineData((3 * Piece) - 1, 3)]
    public async Task A_file_goes_up_in_pieces_of_half_a_mebibyte(int length, int pieces)
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        byte[] data = _files.Make("a.bin", length, out string path);
        var told = new Told();

        await SendAsync(session, path, options: new SendOptions { Uploaded = told });

        Assert.Equal(data, Assert.Single(server.Emulator.Sent).Data.ToArray());
        Assert.Equal(pieces, server.Asked("webwxuploadmedia"));
        Assert.Equal(length, told.Values.Max());
        Assert.Equal(told.Values.Order(), told.Values);
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.LostReply)]
    [InlineData(FaultKind.Truncate)]
    [InlineData(FaultKind.Html)]
    [InlineData(FaultKind.Status)]
    public async Task A_piece_that_fails_is_sent_again_and_no_other(FaultKind kind)
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        byte[] data = _files.Make("a.bin", 4 * Piece, out string path);
        AddFaultAfter(server, pieces: 2, kind);

        await time.DriveAsync(SendAsync(session, path));

        Assert.Equal(data, Assert.Single(server.Emulator.Sent).Data.ToArray());
        Assert.Equal(["0", "1", "2", "2", "3"], PieceNumbers(server));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_reply_to_the_last_piece_may_be_lost_too(int pieces)
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        byte[] data = _files.Make("a.bin", pieces * Piece, out string path);
        AddFaultAfter(server, pieces - 1, FaultKind.LostReply);

        await time.DriveAsync(SendAsync(session, path));

        Assert.Equal(data, Assert.Single(server.Emulator.Sent).Data.ToArray());
        Assert.Equal(pieces + 1, server.Asked("webwxuploadmedia"));
    }

    [Fact]
    public async Task A_refusal_for_haste_rests_the_upload_and_it_goes_on_where_it_was()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        _files.Make("a.bin", 3 * Piece, out string path);
        AddFaultAfter(server, pieces: 1, FaultKind.Ret, code: 1205);
        DateTimeOffset started = time.GetUtcNow();

        await time.DriveAsync(SendAsync(session, path));

        Assert.Equal(["0", "1", "1", "2"], PieceNumbers(server));
        Assert.InRange(time.GetUtcNow() - started, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task An_upload_that_would_have_to_rest_too_long_is_throttled_and_texts_rest_with_it()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = new DrivenTime() });
        _files.Make("a.bin", 10, out string path);
        server.Emulator.Faults.Add("webwxuploadmedia", FaultKind.Ret, count: 1, code: 1205);
        var impatient = new SendOptions { Timeout = TimeSpan.FromSeconds(10) };

        await RefusedAsync(WeChatErrorReason.Throttled, SendAsync(session, path, options: impatient));
        await RefusedAsync(WeChatErrorReason.Throttled, session.SendAsync(Friend(session), MessageBody.Text("?"), impatient, default));

        Assert.Empty(server.Emulator.Sent);
    }

    [Fact]
    public async Task A_piece_refused_while_the_key_was_exchanged_goes_out_once_more()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        _files.Make("a.bin", 10, out string path);
        server.Emulator.Faults.Add("webwxuploadmedia", FaultKind.Ret, count: 1, code: 1101);

        await SendAsync(session, path);

        Assert.Single(server.Emulator.Sent);
    }

    [Fact]
    public async Task An_upload_ends_with_its_session()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        _files.Make("a.bin", 10, out string path);
        server.Emulator.Kick(code: 1100);

        await RefusedAsync(WeChatErrorReason.LoggedOut, SendAsync(session, path));
        Assert.Equal(2, server.Asked("webwxuploadmedia"));
    }

    [Fact]
    public async Task A_piece_that_fails_again_and_again_ends_the_upload_and_nobody_gets_anything()
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        _files.Make("a.bin", 10, out string path);
        server.Emulator.Faults.Add("webwxuploadmedia", FaultKind.Reset);

        await time.DriveAsync(RefusedAsync(WeChatErrorReason.Unreachable, SendAsync(session, path)));

        Assert.Equal(5, server.Asked("webwxuploadmedia"));
        Assert.Empty(server.Emulator.Sent);
    }

    [Fact]
    public async Task The_servers_refusal_is_told_in_its_own_code_and_not_repeated()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        _files.Make("a.bin", 10, out string path);
        server.Emulator.Faults.Add("webwxuploadmedia", FaultKind.Ret, count: 1, code: 1);

        WeChatException error = await RefusedAsync(WeChatErrorReason.Refused, SendAsync(session, path));

        Assert.Equal(1, error.ServerCode);
        Assert.Equal(1, server.Asked("webwxuploadmedia"));
    }

    [Fact]
    public async Task A_file_above_25_MiB_is_asked_about_first_and_never_sent_twice()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        byte[] data = _files.Make("large.zip", (25 * 1024 * 1024) + 1, out string path);

        await SendAsync(session, path);
        await SendAsync(session, path);

        Assert.Equal((2, 51), (server.Asked("webwxcheckupload"), server.Asked("webwxuploadmedia")));
        Assert.All(server.Emulator.Sent, sent => Assert.Equal(data, sent.Data.ToArray()));
        Assert.Equal(2, server.Emulator.Sent.Count);
    }

    [Fact]
    public async Task One_upload_is_good_for_several_receivers()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        byte[] data = _files.Make("a.png", 5000, out string path);
        using var file = OutgoingFile.Open(path, WeChatFileKind.Auto);
        MessageBody body = await session.UploadAsync(file, Friend(session), new SendOptions(), default);

        foreach (string name in new[] { "张三", "王五", "运维群" })
            await session.SendAsync(session.Contacts.Resolve(name).Contact!, body, new SendOptions(), default);

        Assert.Equal(1, server.Asked("webwxuploadmedia"));
        Assert.All(server.Emulator.Sent, sent => Assert.Equal(data, sent.Data.ToArray()));
        Assert.Equal(3, server.Emulator.Sent.Select(sent => sent.ClientMsgId).Distinct().Count());
    }

    [Theory]
    [InlineData("webwxsendmsgimg", "a.png")]
    [InlineData("webwxsendemoticon", "a.gif")]
    [InlineData("webwxsendvideomsg", "a.mp4")]
    [InlineData("webwxsendappmsg", "a.txt")]
    public async Task The_message_that_brings_a_file_is_repeated_like_a_text_and_arrives_once(string endpoint, string name)
    {
        await using LiveServer server = LiveServer.Start();
        var time = new DrivenTime();
        WeChatSession session = await server.ConnectAsync(server.Options with { Time = time, Http = time.Http });
        _files.Make(name, 100, out string path);
        server.Emulator.Faults.Add(endpoint, FaultKind.LostReply, count: 1);

        WeChatReceipt receipt = await time.DriveAsync(SendAsync(session, path));

        Assert.Equal((2, 1), (receipt.Attempts, Assert.Single(server.Emulator.Sent).DroppedCopies));
        Assert.Equal(1, server.Asked("webwxuploadmedia"));
    }

    [Fact]
    public async Task A_resumed_session_finds_its_upload_ticket()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        await server.SaveSessionAsync();
        byte[] data = _files.Make("a.png", 100, out string path);

        await SendAsync(await server.ConnectAsync(server.Options with { NonInteractive = true }), path);

        Assert.Equal(data, Assert.Single(server.Emulator.Sent).Data.ToArray());
    }

    [Fact]
    public async Task Without_an_upload_ticket_the_error_says_so()
    {
        await using LiveServer server = LiveServer.Start();
        await server.SaveSessionAsync();
        SavedSession saved = server.Saved();
        using (SessionFolder folder = new SessionStore(server.Store).Open(saved.Name))
            folder.Save(saved with { Cookies = [.. saved.Cookies.Where(cookie => cookie.Name != "webwx_data_ticket")] });
        _files.Make("a.png", 100, out string path);
        WeChatSession session = await server.ConnectAsync(server.Options with { NonInteractive = true });

        WeChatException error = await RefusedAsync(WeChatErrorReason.ProtocolError, SendAsync(session, path));

        Assert.Contains("webwx_data_ticket", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_becomes_shorter_meanwhile_is_not_sent()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        _files.Make("a.bin", 2 * Piece, out string path);
        using var file = OutgoingFile.Open(path, WeChatFileKind.Auto);
        File.WriteAllBytes(path, new byte[10]);

        await RefusedAsync(WeChatErrorReason.FileUnavailable, session.UploadAsync(file, Friend(session), new SendOptions(), default));
        Assert.Empty(server.Emulator.Sent);
    }

    [Fact]
    public async Task A_file_that_is_changed_meanwhile_is_not_sent_as_a_mixture()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        byte[] data = _files.Make("a.bin", 3 * Piece, out string path);
        server.Emulator.Requests.Answered += request =>
        {
            if (request.Endpoint != "webwxuploadmedia") return;
            using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.Position = data.Length - 1;
            file.WriteByte((byte)(data[^1] + 1));
        };
        using var file = OutgoingFile.Open(path, WeChatFileKind.Auto);

        WeChatException error = await RefusedAsync(WeChatErrorReason.FileUnavailable, session.UploadAsync(file, Friend(session), new SendOptions(), default));

        Assert.Contains("changed", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Asked("webwxuploadmedia"));
    }

    [Fact]
    public async Task A_cancelled_upload_stops_between_two_pieces_and_sends_nothing()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        _files.Make("a.bin", 8 * Piece, out string path);
        using var stop = new CancellationTokenSource();
        server.Emulator.Requests.Answered += request =>
        {
            if (request.Endpoint == "webwxuploadmedia") stop.Cancel();
        };
        using var file = OutgoingFile.Open(path, WeChatFileKind.Auto);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.UploadAsync(file, Friend(session), new SendOptions(), stop.Token));

        Assert.InRange(server.Asked("webwxuploadmedia"), 1, 2);
        Assert.Empty(server.Emulator.Sent);
    }

    [Fact]
    public async Task Nobody_uploads_a_file_for_oneself()
    {
        await using LiveServer server = LiveServer.Start();
        WeChatSession session = await server.ConnectAsync();
        _files.Make("a.bin", 10, out string path);
        using var file = OutgoingFile.Open(path, WeChatFileKind.Auto);

        await RefusedAsync(WeChatErrorReason.ReceiverNotAllowed, session.UploadAsync(file, session.User!, new SendOptions(), default));
        Assert.Equal(0, server.Asked("webwxuploadmedia"));
    }

    [Fact]
    public async Task A_log_with_bodies_shows_of_a_file_its_length_alone()
    {
        await using LiveServer server = LiveServer.Start();
        string log = Path.Combine(_files.Folder, "log");
        WeChatSession session = await server.ConnectAsync(server.Options with { LogPath = log, LogBody = true });
        string path = _files.Write("a.txt", Encoding.UTF8.GetBytes("quite private"));

        await SendAsync(session, path);
        session.Dispose();

        string[] lines = [.. File.ReadAllLines(log).Where(line => line.Contains("webwxuploadmedia", StringComparison.Ordinal))];
        Assert.Contains("bytes of data", Assert.Single(lines), StringComparison.Ordinal);
        Assert.DoesNotContain("quite private", lines[0], StringComparison.Ordinal);
    }

    private static WeChatContact Friend(WeChatSession session) => session.Contacts.Resolve("张三").Contact!;

    private static async Task<WeChatReceipt> SendAsync(
        WeChatSession session, string path, WeChatFileKind wanted = WeChatFileKind.Auto, SendOptions? options = null)
    {
        options ??= new SendOptions();
        using var file = OutgoingFile.Open(path, wanted);
        MessageBody body = await session.UploadAsync(file, Friend(session), options, default);
        return await session.SendAsync(Friend(session), body, options, default);
    }

    private static async Task<WeChatException> RefusedAsync(WeChatErrorReason reason, Task send)
    {
        WeChatException error = await Assert.ThrowsAsync<WeChatException>(() => send);
        Assert.Equal(reason, error.Reason);
        return error;
    }

    private static void AddFaultAfter(LiveServer server, int pieces, FaultKind kind, int? code = null)
    {
        if (pieces == 0) server.Emulator.Faults.Add("webwxuploadmedia", kind, count: 1, code: code);
        int answered = 0;
        server.Emulator.Requests.Answered += request =>
        {
            if (request.Endpoint == "webwxuploadmedia" && ++answered == pieces)
                server.Emulator.Faults.Add("webwxuploadmedia", kind, count: 1, code: code);
        };
    }

    private static IEnumerable<string> PieceNumbers(LiveServer server) => server.Emulator.Requests.Get("webwxuploadmedia")
        .Select(request => Between(request.Body, "name=\"chunk\"\r\n\r\n", "\r\n"));

    private static string FileNameOf(LiveServer server) =>
        Between(Assert.Single(server.Emulator.Requests.Get("webwxuploadmedia")).Body, "name=\"filename\"; filename=\"", "\"");

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private sealed class Told : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
