using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The endpoints for uploads, in pieces of 512 KiB.</summary>
internal sealed class UploadEndpoints(World world)
{
    private const int Piece = 512 * 1024;
    private const long CheckAbove = 25 * 1024 * 1024;

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Prompt("webwxcheckupload", "POST", Check),
        Endpoint.Prompt("webwxuploadmedia", null, Upload) with { Refuse = (ret, words) => Result("", 0, 0, "", ret, words) },
    ];

    private static HttpReply Result(string mediaId, long startPos, int thumb, string fileName, int ret = 0, string words = "")
    {
        HttpReply reply = JsonReply.Of(
            json =>
            {
                json.String("MediaId", mediaId);
                json.Number("StartPos", startPos);
                json.Number("CDNThumbImgHeight", thumb);
                json.Number("CDNThumbImgWidth", thumb);
                json.String("EncryFileName", WireText.FileName(fileName));
            },
            ret,
            words);
        return reply.With("Access-Control-Allow-Credentials", "true");
    }

    private HttpReply Check(Exchange exchange)
    {
        WebSession session = exchange.SessionOfBody();
        JsonElement body = exchange.Body;
        string? md5 = Exchange.Text(body, "FileMd5");
        string? name = Exchange.Text(body, "FileName");
        long? size = Exchange.Number(body, "FileSize");
        CheckPeers(session, body);
        if (md5 is null || name is null || size is null || Exchange.Number(body, "FileType") != 7)
        {
            throw new RefusedException(1);
        }

        lock (world.Gate)
        {
            string? mediaId = world.Media.FindUploaded(md5, size.Value);
            (string aesKey, string signature) = mediaId is null ? world.Media.Permit() : ("", world.Media.Find(mediaId)!.Signature);
            return JsonReply.Of(json =>
            {
                json.String("MediaId", mediaId ?? "");
                json.String("AESKey", aesKey);
                json.String("Signature", signature);
                json.String("EncryFileName", WireText.FileName(name));
            });
        }
    }

    private HttpReply Upload(Exchange exchange)
    {
        if (exchange.Request.Method == "OPTIONS")
        {
            // A browser sends a CORS request first, because the file host is another host.
            return new HttpReply().With("Access-Control-Allow-Origin", exchange.Request.Header("Origin") ?? "*")
                .With("Access-Control-Allow-Methods", "POST, OPTIONS").With("Access-Control-Allow-Headers", "Content-Type");
        }

        Dictionary<string, FormPart> form = Multipart.Parse(exchange.Request) ?? throw new RefusedException(1);
        using JsonDocument request = Request(form);
        JsonElement about = request.RootElement;
        WebSession session = exchange.SessionOf(Exchange.Object(about, "BaseRequest"));
        exchange.CheckPassTicket(session, Field(form, "pass_ticket"));
        if (!session.DataTicket.Accepts(Field(form, "webwx_data_ticket")))
        {
            throw new RefusedException(1101);
        }

        CheckPeers(session, about);
        (int piece, int pieces, long size) = Extent(form, about);
        ReadOnlyMemory<byte> data = form["filename"].Data;
        long expected = piece < pieces - 1 ? Piece : size - ((long)Piece * (pieces - 1));
        if (data.Length != expected || (size > CheckAbove && !IsPermitted(about)))
        {
            throw new RefusedException(1);
        }

        return Take(session, form, about, piece, pieces, size, data);
    }

    private HttpReply Take(
        WebSession session, Dictionary<string, FormPart> form, JsonElement about, int piece, int pieces, long size, ReadOnlyMemory<byte> data)
    {
        string name = Field(form, "name")!;
        string key = $"{session.Sid} {Exchange.Text(about, "ClientMediaId")} {name}";
        lock (world.Gate)
        {
            UploadedFile file = world.Media.Upload(key, () => new UploadedFile(name, size, pieces), upload => upload.Ends(piece, data));
            if (file.MediaId.Length > 0)
            {
                return Whole(file.MediaId);
            }

            if (file.Length != size || file.Pieces != pieces || !file.Take(piece, data))
            {
                throw new RefusedException(1);
            }

            if (!file.IsComplete)
            {
                return Result("", 0, 0, name);
            }

            var media = new StoredMedia(name, file.ToArray(), Exchange.Text(about, "Signature") ?? "");
            string? md5 = Exchange.Text(about, "FileMd5");
            if (md5 is not null && !string.Equals(md5, media.Md5, StringComparison.OrdinalIgnoreCase))
            {
                world.Media.EndUpload(key);
                throw new RefusedException(1);
            }

            return Whole(file.End(world.Media.Keep(media)));
        }

        HttpReply Whole(string mediaId) => Result(mediaId, size, Field(form, "mediatype") == "pic" ? 100 : 0, name);
    }

    private static JsonDocument Request(Dictionary<string, FormPart> form)
    {
        bool isWhole = form.TryGetValue("uploadmediarequest", out FormPart? request) && form.TryGetValue("filename", out FormPart? file)
            && file.FileName is not null && !string.IsNullOrEmpty(Field(form, "name")) && Field(form, "mediatype") is "pic" or "video" or "doc";
        try
        {
            JsonDocument document = JsonDocument.Parse(isWhole ? request!.Data : throw new RefusedException(1));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new RefusedException(1);
        }
        catch (JsonException)
        {
            throw new RefusedException(1);
        }
    }

    /// <summary>Gets the index and the number of pieces and the total length. The fields must be consistent.</summary>
    private static (int Piece, int Pieces, long Size) Extent(Dictionary<string, FormPart> form, JsonElement about)
    {
        long size = Number(form, "size") ?? 0;
        long pieces = Number(form, "chunks") ?? 1;
        long piece = Number(form, "chunk") ?? 0;
        bool agrees = size > 0 && pieces == (size + Piece - 1) / Piece && piece < pieces
            && Exchange.Number(about, "TotalLen") == size && Exchange.Number(about, "DataLen") == size
            && Exchange.Number(about, "StartPos") == 0 && Exchange.Number(about, "MediaType") == 4
            && Exchange.Number(about, "UploadType") == 2 && Exchange.Number(about, "ClientMediaId") is not null;
        return agrees ? ((int)piece, (int)pieces, size) : throw new RefusedException(1);
    }

    private static void CheckPeers(WebSession session, JsonElement body)
    {
        string? to = Exchange.Text(body, "ToUserName");
        bool isKnown = to == session.SelfUserName || session.ContactOf(to) is not null;
        if (Exchange.Text(body, "FromUserName") != session.SelfUserName || !isKnown)
        {
            throw new RefusedException(1);
        }
    }

    private bool IsPermitted(JsonElement about)
    {
        lock (world.Gate)
        {
            return world.Media.IsPermitted(Exchange.Text(about, "AESKey"), Exchange.Text(about, "Signature"));
        }
    }

    private static string? Field(Dictionary<string, FormPart> form, string name) => form.GetValueOrDefault(name)?.Text;

    private static long? Number(Dictionary<string, FormPart> form, string name) =>
        long.TryParse(Field(form, name), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
