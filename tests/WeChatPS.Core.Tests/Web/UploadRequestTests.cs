using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using WeChatPS.Http;
using WeChatPS.Media;
using WeChatPS.Web;
using Xunit;
using static WeChatPS.Core.Tests.Web.SampleRequests;

namespace WeChatPS.Core.Tests.Web;

/// <summary>The requests that bring a file to the server, to the byte.</summary>
public sealed class UploadRequestTests : IDisposable
{
    private const string Md5 = "0cc175b9c0f1b6a831c399e269772661";

    private readonly SampleFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_large_file_is_asked_about_by_name_size_and_digest()
    {
        using OutgoingFile file = Open("归档 \"a\".zip", 1000);
        AssertPost(
            "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxcheckupload?lang=zh_CN&pass_ticket=t%252Bk%253D",
            Body("""
                "FileMd5":"0cc175b9c0f1b6a831c399e269772661","FileName":"归档 \"a\".zip","FileSize":1000,"FileType":7,"FromUserName":"@me","ToUserName":"@a"
                """),
            UploadRequests.Ask(Endpoints, Credentials, Sample(file)));
    }

    [Fact]
    public void A_file_of_one_piece_is_a_form_without_numbers_of_pieces()
    {
        using OutgoingFile file = Open("照片.png", 300);
        WireRequest request = Piece(Sample(file), 0, [1, 2, 3]);

        Assert.Equal("https://file.wx2.qq.com/cgi-bin/mmwebwx-bin/webwxuploadmedia?f=json", request.Uri.AbsoluteUri);
        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal(
            Form(
                request,
                ("id", "WU_FILE_0"), ("name", "照片.png"), ("type", "image/png"), ("lastModifiedDate", "Fri May 20 2016 22:51:35 GMT+0800 (中国标准时间)"),
                ("size", "300"), ("mediatype", "pic"), ("uploadmediarequest", Description(300, "")), ("webwx_data_ticket", "gS+/="),
                ("pass_ticket", "t+k="))
            + FilePart(request, "照片.png", "\u0001\u0002\u0003"),
            Text(request));
    }

    [Fact]
    public void Each_piece_of_a_larger_file_says_which_it_is_and_describes_the_whole()
    {
        const int Length = (2 * UploadRequests.PieceLength) + 1;
        using OutgoingFile file = Open("a\"b.bin", Length);
        Upload upload = Sample(file) with { AesKey = "aes", Signature = "sig" };

        foreach (int piece in new[] { 0, 1, 2 })
        {
            WireRequest request = Piece(upload, piece, [65]);
            Assert.Equal(
                Form(
                    request,
                    ("id", "WU_FILE_0"), ("name", "a\"b.bin"), ("type", "application/octet-stream"),
                    ("lastModifiedDate", "Fri May 20 2016 22:51:35 GMT+0800 (中国标准时间)"), ("size", "1048577"), ("chunks", "3"), ("chunk", $"{piece}"),
                    ("mediatype", "doc"), ("uploadmediarequest", Description(Length, ",\"AESKey\":\"aes\",\"Signature\":\"sig\"")),
                    ("webwx_data_ticket", "gS+/="), ("pass_ticket", "t+k="))
                + FilePart(request, "a%22b.bin", "A"),
                Text(request));
        }
    }

    [CapturesFact]
    public void The_description_says_what_one_says_that_others_recorded()
    {
        using JsonDocument theirs = JsonDocument.Parse(Captures.Bytes("docs-wwdk-2019/send-06-上传文件.request.json"));
        using JsonDocument own = JsonDocument.Parse(Description(300, ""));

        Assert.Equal(Names(theirs), Names(own));

        static string[] Names(JsonDocument json) => [.. json.RootElement.EnumerateObject().Select(one => one.Name)];
    }

    /// <summary>The same with every piece.</summary>
    private static string Description(int length, string permission) => "{\"UploadType\":2," + Body($"""
        "ClientMediaId":17,"TotalLen":{length},"StartPos":0,"DataLen":{length},"MediaType":4,"FromUserName":"@me","ToUserName":"@a","FileMd5":"{Md5}"{permission}
        """)[1..];

    private OutgoingFile Open(string name, int length)
    {
        _files.Make(name, length, out string path);
        File.SetLastWriteTimeUtc(path, Now.UtcDateTime);
        return OutgoingFile.Open(path, WeChatFileKind.Auto);
    }

    private static Upload Sample(OutgoingFile file) => new(file, Md5, "@me", "@a", 17);

    private static WireRequest Piece(Upload upload, int piece, byte[] bytes) =>
        UploadRequests.Piece(Endpoints, Credentials, upload, piece, new ArraySegment<byte>(bytes), "gS+/=", _ => { });

    private static string Form(WireRequest request, params (string Name, string Value)[] fields) => string.Concat(
        fields.Select(field => $"--{Boundary(request)}\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n"));

    private static string FilePart(WireRequest request, string name, string content) =>
        $"--{Boundary(request)}\r\nContent-Disposition: form-data; name=\"filename\"; filename=\"{name}\"\r\n"
        + $"Content-Type: application/octet-stream\r\n\r\n{content}\r\n--{Boundary(request)}--\r\n";

    private static string Boundary(WireRequest request)
    {
        Assert.Matches("^multipart/form-data; boundary=[-A-Za-z0-9]{30,70}$", request.ContentType);
        return request.ContentType!["multipart/form-data; boundary=".Length..];
    }

    private static string Text(WireRequest request) => string.Concat(request.Pieces!.Select(part => Encoding.UTF8.GetString(part)));
}
