using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using WeChatPS.Emulator;

namespace WeChatPS.Core.Tests.OddServers;

/// <summary>The answers of odd servers.</summary>
internal static class Odd
{
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Exactly these bytes.</summary>
    public static RawReply Bytes(string text, RawEnd end = RawEnd.Close) => RawReply.Of(text, end);

    /// <summary>A correct head and this body.</summary>
    public static RawReply Ok(ReadOnlyMemory<byte> body, string headers = "", RawEnd end = RawEnd.KeepAlive) => With("HTTP/1.1 200 OK", body, headers, end);

    public static RawReply Ok(string body, string headers = "") => Ok(Encoding.UTF8.GetBytes(body), headers);

    /// <summary>Another status line.</summary>
    public static RawReply With(string status, ReadOnlyMemory<byte> body = default, string headers = "", RawEnd end = RawEnd.KeepAlive) => RawReply.Of(
        (byte[])[.. Encoding.Latin1.GetBytes($"{status}\r\n{headers}Content-Length: {body.Length}\r\n\r\n"), .. body.Span], end);

    /// <summary>The answer to a poll.</summary>
    public static RawReply Poll(string retcode, string selector) => Ok($$"""window.synccheck={retcode:"{{retcode}}",selector:"{{selector}}"}""");

    /// <summary>The emulator's own answer with another head.</summary>
    public static Func<RawExchange, Task<RawReply>> Headed(Func<NormalReply, string> head, RawEnd end = RawEnd.KeepAlive) => async exchange =>
    {
        NormalReply normal = await exchange.NormalAsync();
        return RawReply.Of((byte[])[.. Encoding.Latin1.GetBytes(head(normal)), .. normal.Body.Span], end);
    };

    /// <summary>The emulator's own answer, altered.</summary>
    public static Func<RawExchange, Task<RawReply>> Altered(Action<NormalReply> alter) => async exchange =>
    {
        NormalReply normal = await exchange.NormalAsync();
        alter(normal);
        return normal.ToRaw();
    };

    /// <summary>The emulator's own answer with more headers.</summary>
    public static Func<RawExchange, Task<RawReply>> Headers(Func<string> headers) =>
        Headed(normal => $"HTTP/1.1 200 OK\r\n{headers()}Content-Length: {normal.Body.Length}\r\n\r\n");

    /// <summary>The emulator's own fetch, altered as JSON.</summary>
    public static Func<RawExchange, Task<RawReply>> Json(Action<JsonObject> alter) => Altered(normal =>
    {
        JsonObject json = JsonNode.Parse(normal.Text)!.AsObject();
        alter(json);
        normal.Text = json.ToJsonString(s_readable);
    });

    /// <summary>The emulator's own fetch with more items in a list.</summary>
    public static Func<RawExchange, Task<RawReply>> Items(string list, Func<JsonNode?[]> items) => Json(json => json.Extend(list, items()));

    /// <summary>The emulator's own fetch with bytes inserted into a list, which can be many.</summary>
    public static Func<RawExchange, Task<RawReply>> Inserted(string list, Func<IReadOnlyList<ReadOnlyMemory<byte>>> item) => async exchange =>
    {
        NormalReply normal = await exchange.NormalAsync();
        IReadOnlyList<ReadOnlyMemory<byte>> inserted = item();
        int at = inserted.Count == 0 ? 0 : normal.Body.Span.IndexOf(Encoding.ASCII.GetBytes($"\"{list}\": [")) + list.Length + 5;
        if (inserted.Count > 0 && !normal.Body.Span[at..].TrimStart(" \r\n"u8).StartsWith("]"u8)) inserted = [.. inserted, ","u8.ToArray()];
        byte[] head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {normal.Body.Length + inserted.Sum(piece => piece.Length)}\r\n\r\n");
        IEnumerable<ReadOnlyMemory<byte>> pieces = [head, normal.Body[..at], .. inserted, normal.Body[at..]];
        return new RawReply(pieces.Select(piece => new RawPiece(piece)), RawEnd.KeepAlive);
    };

    public static void Extend(this JsonObject json, string list, params JsonNode?[] items)
    {
        foreach (JsonNode? item in items) json[list]!.AsArray().Add(item);
        json[list[..^"List".Length] + "Count"] = json[list]!.AsArray().Count;
    }

    /// <summary>A sync key as servers send it.</summary>
    public static JsonObject Keys(params (long Key, long Value)[] keys) => new()
    {
        ["Count"] = keys.Length,
        ["List"] = new JsonArray([.. keys.Select(key => new JsonObject { ["Key"] = key.Key, ["Val"] = key.Value })]),
    };

    /// <summary>A contact as a fetch brings it.</summary>
    public static JsonObject Contact(string id, string nickName) => new()
    {
        ["UserName"] = id, ["NickName"] = nickName, ["Sex"] = 0, ["HeadImgUpdateFlag"] = 1, ["ContactType"] = 0, ["Alias"] = "",
        ["ContactFlag"] = 3, ["MemberCount"] = 0, ["MemberList"] = new JsonArray(), ["RemarkName"] = "", ["VerifyFlag"] = 0, ["Signature"] = "",
    };

    /// <summary>A message as a fetch brings it.</summary>
    public static JsonObject Message(string id, int type = 1, string from = "filehelper", string text = "junk") => new()
    {
        ["MsgId"] = id, ["FromUserName"] = from, ["ToUserName"] = "filehelper", ["MsgType"] = type, ["Content"] = text, ["CreateTime"] = 1_700_000_000,
        ["NewMsgId"] = long.TryParse(id, out long number) ? number : 0,
    };
}
