using System;
using System.Net;
using System.Text.Json;
using WeChatPS.Emulator.Http;

namespace WeChatPS.Emulator.Control;

/// <summary>
/// The control interface: controls a running emulator from another process over HTTP on the same port, with JSON in UTF-8.
/// Requests must use a loopback host. Requests from browser pages of other hosts are refused.
/// <list type="table">
/// <item><term>GET /emulator/status</term><description>{"endpoint", "processId", "accounts": [{"name", "uin", "sessions"}], "contacts": [{"id", "name", "remark", "kind"}],
/// "sessions": [{"sid", "account", "desktop", "endCode"}], "faults": [fault], "counters": {"requests", "polls", "openPolls", "syncs", "sends", "messagesHandedOut"}}</description></item>
/// <item><term>POST /emulator/message</term><description>{"from", "group", "to", "kind", "text", "fileName", "title", "url", "card", "amount", "productId", "recalledMsgId", "quotedMsgId",
/// "statusCode", "msgType", "appMsgType", "json", "durationMs", "latitude", "longitude", "dataBase64", "account", "count"} → {"msgId", "msgIds"}; kind is a <see cref="MessageKind"/>, by default text; with a count above 1,
/// "{n}" in the text becomes the number; "{ticks}" becomes Stopwatch.GetTimestamp, this machine's monotonic clock</description></item>
/// <item><term>POST /emulator/fault</term><description>{"endpoint", "kind", "count", "code", "text", "contact", "delayMs", "paceMs", "probability", "seed",
/// "raw": {"pieces": [{"dataBase64", "pauseMs"}], "end": "close" | "reset" | "open" | "keepAlive"}} → fault:
/// the same without raw, with {"id", "hits", "remaining"}; raw is the whole response of the kind Raw, status line included</description></item>
/// <item><term>DELETE /emulator/fault[?id=N | ?endpoint=NAME]</term><description>one, those of an endpoint, or all → {"removed"}</description></item>
/// <item><term>GET /emulator/requests[?endpoint=NAME][&amp;after=NUMBER][&amp;last=N]</term><description>[{"number", "time", "method", "endpoint", "path", "query", "headers": [{"name", "value"}], "body",
/// "bodyLength", "status", "ret", "fault", "elapsedMs", "abandoned"}]; DELETE clears the log</description></item>
/// <item><term>GET /emulator/sent</term><description>[{"msgId", "clientMsgId", "time", "endpoint", "sid", "to", "type", "text", "mediaId", "fileName", "size",
/// "mentions", "droppedCopies", "revoked"}]</description></item>
/// <item><term>POST /emulator/phone</term><description>{"action": "scan" | "confirm" | "cancel" | "expire" | "logout" | "activity", "uuid", "account"} → {}</description></item>
/// <item><term>POST /emulator/contact</term><description>{"action": "add" | "rename" | "delete" | "join" | "leave" | "nickname", "name", "kind", "remark", "newName", "members": [name],
/// "silent", "contactFlag", "verifyFlag", "pinyin", "account"} → contact; the account itself can be renamed; nickname changes members' group nicknames; clients are not told of a silent group; flags
/// are added to those of the kind</description></item>
/// <item><term>POST /emulator/kick</term><description>{"code", "sid"} → {"ended"}</description></item>
/// <item><term>POST /emulator/rotate</term><description>{"what": "skey" | "dataTicket"} → {}</description></item>
/// <item><term>POST /emulator/settings</term><description>{"fileRanges", "inviteStartCount"} → the new settings, for later logins</description></item>
/// <item><term>POST /emulator/stop</term><description>ends the emulator → {}</description></item>
/// </list>
/// A failed request gets a status of 400 or higher and {"error": text with a remedy}.
/// </summary>
internal sealed class ControlApi(WeChatEmulator emulator)
{
    private const string Prefix = "/emulator/";
    private readonly ControlQueries _queries = new(emulator);
    private readonly ControlCommands _commands = new(emulator);

    public static bool Owns(string path) => path.StartsWith(Prefix, StringComparison.Ordinal) || path == "/emulator";

    public HttpReply Answer(HttpRequest request)
    {
        if (!IsLocal(request.Header("Host")) || (request.Header("Origin") is { } origin && !IsLocalOrigin(origin)))
        {
            return Error(403, "the control interface accepts requests only from this machine, to 127.0.0.1 or localhost");
        }

        try
        {
            if (request is { Method: "POST", Path: Prefix + "stop" })
            {
                HttpReply farewell = Json(200, new { });
                farewell.WhenSent = emulator.RequestStop;
                return farewell;
            }

            object? answer = Route(request);
            return answer is null
                ? Error(404, $"there is no {request.Method} {request.Path}. See GET /emulator/status")
                : Json(200, answer);
        }
        catch (EmulatorException e)
        {
            return Error(400, e.Message);
        }
        catch (JsonException e)
        {
            return Error(400, $"the body is not valid JSON for this request: {e.Message}");
        }
    }

    private object? Route(HttpRequest request)
    {
        string what = request.Path.Length > Prefix.Length ? request.Path[Prefix.Length..] : "status";
        return (request.Method, what) switch
        {
            ("GET", "status") => _queries.Status(),
            ("GET", "requests") => _queries.Requests(request.Query),
            ("GET", "sent") => _queries.Sent(),
            ("DELETE", "requests") => _commands.ForgetRequests(),
            ("POST", "message") => _commands.Deliver(Body<MessageCommand>(request)),
            ("POST", "fault") => _commands.AddFault(Body<FaultCommand>(request)),
            ("DELETE", "fault") => _commands.RemoveFaults(request.Query),
            ("POST", "phone") => _commands.Phone(Body<PhoneCommand>(request)),
            ("POST", "contact") => _commands.Contact(Body<ContactCommand>(request)),
            ("POST", "kick") => _commands.Kick(Body<KickCommand>(request)),
            ("POST", "settings") => _commands.Set(Body<SettingsCommand>(request)),
            ("POST", "rotate") => _commands.Rotate(Body<RotateCommand>(request)),
            _ => null,
        };
    }

    private static T Body<T>(HttpRequest request)
        where T : new() =>
        request.Body.IsEmpty ? new T() : JsonSerializer.Deserialize<T>(request.Body.Span, ControlJson.Commands) ?? new T();

    private static HttpReply Json(int status, object value)
    {
        HttpReply reply = HttpReply.Of("application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(value, ControlJson.Options));
        reply.Status = status;
        return reply;
    }

    private static HttpReply Error(int status, string words) => Json(status, new { error = words });

    private static bool IsLocalOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && IsLocal(uri.Authority);

    private static bool IsLocal(string? host) =>
        host is not null
        && Uri.TryCreate("http://" + host, UriKind.Absolute, out Uri? uri)
        && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address)));
}
