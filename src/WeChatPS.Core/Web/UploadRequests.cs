using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using WeChatPS.Http;
using WeChatPS.Media;

namespace WeChatPS.Web;

/// <summary>An upload of a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Md5">The MD5 digest of the file.</param>
/// <param name="From">The account's own user name.</param>
/// <param name="To">The user name of a recipient.</param>
/// <param name="ClientMediaId">The id of the upload, the same in every piece.</param>
internal sealed record Upload(OutgoingFile File, string Md5, string From, string To, long ClientMediaId)
{
    public string AesKey { get; init; } = "";

    public string Signature { get; init; } = "";

    /// <summary>The number of pieces.</summary>
    public int Pieces => (int)((File.Length + UploadRequests.PieceLength - 1) / UploadRequests.PieceLength);
}

/// <summary>The requests of uploads.</summary>
internal static class UploadRequests
{
    /// <summary>The length of all pieces but the last, in bytes. The server rejects longer pieces (wxpy issue 297, openwechat's <c>global.go</c>).</summary>
    public const int PieceLength = 512 * 1024;

    /// <summary>The file size above which webwxcheckupload is required (official web client, openwechat's <c>global.go</c>).</summary>
    public const long AskAbove = 25 * 1024 * 1024;

    // The values of FileType, MediaType and UploadType in the official web client and openwechat's client.go.
    private const int FileType = 7;
    private const int AttachmentType = 4;
    private const int UploadType = 2;

    private static readonly TimeSpan s_chinaTime = TimeSpan.FromHours(8);

    /// <summary>Asks whether the server already has a large file, and requests a signature for the upload.</summary>
    public static WireRequest Ask(WebEndpoints endpoints, WebCredentials credentials, Upload upload) =>
        LoginRequests.Post("webwxcheckupload", new WireQuery(endpoints.Api, WebEndpoints.Prefix + "webwxcheckupload").AddTicket(credentials),
            WireJson.Request(credentials, writer =>
            {
                writer.WriteString("FileMd5", upload.Md5);
                writer.WriteString("FileName", upload.File.Name);
                writer.WriteNumber("FileSize", upload.File.Length);
                writer.WriteNumber("FileType", FileType);
                writer.WriteString("FromUserName", upload.From);
                writer.WriteString("ToUserName", upload.To);
            }));

    /// <summary>Sends one piece as a multipart form, like a browser.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's credentials.</param>
    /// <param name="upload">The file.</param>
    /// <param name="piece">The index of the piece, from 0.</param>
    /// <param name="bytes">The piece's bytes, which must not change during the request.</param>
    /// <param name="dataTicket">The cookie <c>webwx_data_ticket</c>, which uploads also send as a field.</param>
    /// <param name="moved">Called with the number of bytes sent.</param>
    public static WireRequest Piece(
        WebEndpoints endpoints, WebCredentials credentials, Upload upload, int piece, ArraySegment<byte> bytes, string dataTicket, Action<long> moved)
    {
        string boundary = "----WebKitFormBoundary" + Guid.NewGuid().ToString("N");
        string fields = string.Concat(Fields(credentials, upload, piece, dataTicket, boundary));
        string name = upload.File.Name.Replace("\"", "%22");
        string head = $"{fields}--{boundary}\r\nContent-Disposition: form-data; name=\"filename\"; filename=\"{name}\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n";
        return new WireRequest("webwxuploadmedia", HttpMethod.Post, new WireQuery(endpoints.File, WebEndpoints.Prefix + "webwxuploadmedia").Add("f", "json").ToUri())
        {
            Pieces = [Bytes(head), bytes, Bytes($"\r\n--{boundary}--\r\n")],
            ContentType = "multipart/form-data; boundary=" + boundary,
            Moved = moved,
        };
    }

    private static IEnumerable<string> Fields(WebCredentials credentials, Upload upload, int piece, string dataTicket, string boundary)
    {
        OutgoingFile file = upload.File;
        yield return Field("id", "WU_FILE_0");
        yield return Field("name", file.Name);
        yield return Field("type", file.ContentType);
        yield return Field("lastModifiedDate", file.Changed.ToOffset(s_chinaTime).ToString(
            "ddd MMM dd yyyy HH:mm:ss 'GMT+0800 (中国标准时间)'", CultureInfo.InvariantCulture));
        yield return Field("size", Number(file.Length));
        if (upload.Pieces > 1)
        {
            yield return Field("chunks", Number(upload.Pieces));
            yield return Field("chunk", Number(piece));
        }

        yield return Field("mediatype", FileKinds.UploadType(file.Kind));
        yield return Field("uploadmediarequest", Encoding.UTF8.GetString(WireJson.Object(writer => Describe(writer, credentials, upload))));
        yield return Field("webwx_data_ticket", dataTicket);
        yield return Field("pass_ticket", Uri.UnescapeDataString(credentials.PassTicket));

        string Field(string name, string value) => $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";
    }

    // The same in every piece.
    private static void Describe(Utf8JsonWriter writer, WebCredentials credentials, Upload upload)
    {
        writer.WriteNumber("UploadType", UploadType);
        WireJson.WriteBaseRequest(writer, credentials);
        writer.WriteNumber("ClientMediaId", upload.ClientMediaId);
        writer.WriteNumber("TotalLen", upload.File.Length);
        writer.WriteNumber("StartPos", 0);
        writer.WriteNumber("DataLen", upload.File.Length);
        writer.WriteNumber("MediaType", AttachmentType);
        writer.WriteString("FromUserName", upload.From);
        writer.WriteString("ToUserName", upload.To);
        writer.WriteString("FileMd5", upload.Md5);
        if (upload.AesKey.Length > 0) writer.WriteString("AESKey", upload.AesKey);
        if (upload.Signature.Length > 0) writer.WriteString("Signature", upload.Signature);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static ArraySegment<byte> Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
