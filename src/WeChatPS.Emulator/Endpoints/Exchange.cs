using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Unicode;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>One request on its way through an endpoint, with what the server checks on each of them.</summary>
internal sealed class Exchange(World world, HttpRequest request, Fault? fault) : IDisposable
{
    private JsonDocument? _body;

    public HttpRequest Request { get; } = request;

    /// <summary>The fault that this request has to suffer, for those that an endpoint itself must act out.</summary>
    public Fault? Fault { get; } = fault;

    public bool Suffers(FaultKind kind) => Fault?.Kind == kind;

    /// <summary>The JSON body.</summary>
    /// <exception cref="RefusedException">It is not JSON, not UTF-8, or not an object.</exception>
    public JsonElement Body
    {
        get
        {
            _body ??= ParseBody();
            return _body.RootElement;
        }
    }

    /// <summary>The session of a JSON POST: cookies and BaseRequest must agree with it.</summary>
    /// <exception cref="RefusedException">1102 without cookies, 1101 or the session's end code when it is not that of a live session.</exception>
    public WebSession SessionOfBody()
    {
        WebSession session = SessionOfCookies();
        Check(session, Object(Body, "BaseRequest"));
        return session;
    }

    /// <summary>The session of a form, in which BaseRequest stands somewhere.</summary>
    public WebSession SessionOf(JsonElement baseRequest)
    {
        WebSession session = SessionOfCookies();
        Check(session, baseRequest);
        return session;
    }

    /// <summary>The session of a GET that carries only an skey.</summary>
    public WebSession SessionOfQuery()
    {
        WebSession session = SessionOfCookies();
        Check(session, session.Account.Uin.ToString(CultureInfo.InvariantCulture), session.Sid, Request.Query.GetValueOrDefault("skey"));
        return session;
    }

    /// <summary>The session of synccheck, which carries everything in its query.</summary>
    public WebSession SessionOfPoll()
    {
        WebSession session = SessionOfCookies();
        var query = Request.Query;
        Check(session, query.GetValueOrDefault("uin"), query.GetValueOrDefault("sid"), query.GetValueOrDefault("skey"));
        return session;
    }

    /// <summary>The session that the cookies wxsid and wxuin name; it is alive.</summary>
    public WebSession SessionOfCookies()
    {
        string? sid = Request.Cookies.GetValueOrDefault("wxsid");
        string? uin = Request.Cookies.GetValueOrDefault("wxuin");
        if (sid is null || uin is null)
        {
            throw new RefusedException(1102);
        }

        // Some clients store cookies encoded; the server reads both.
        WebSession? session = world.SessionOf(sid) ?? world.SessionOf(WebUtility.UrlDecode(sid));
        if (session is null || uin != session.Account.Uin.ToString(CultureInfo.InvariantCulture))
        {
            throw new RefusedException(1101);
        }

        return session.EndCode == 0 ? session : throw new RefusedException(session.EndCode);
    }

    /// <summary>Refuses a pass_ticket that is not the session's: as handed out, decoded, or encoded once more.</summary>
    public void CheckPassTicket(WebSession session, string? ticket)
    {
        // A browser page without the ticket sends the word "undefined".
        bool missing = string.IsNullOrEmpty(ticket) || ticket == "undefined";
        if (missing ? world.Options.RequirePassTicket : !IsPassTicket(session, ticket!))
        {
            throw new RefusedException(-14);
        }
    }

    public void CheckPassTicket(WebSession session) => CheckPassTicket(session, Request.Query.GetValueOrDefault("pass_ticket"));

    public static JsonElement Object(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? value
            : throw new RefusedException(1);

    /// <summary>A member as text; numbers count, as for the real server.</summary>
    public static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    public static long? Number(JsonElement parent, string name) =>
        long.TryParse(Text(parent, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    public void Dispose() => _body?.Dispose();

    private static bool IsPassTicket(WebSession session, string ticket) =>
        ticket == session.PassTicket
        || ticket == WebUtility.UrlDecode(session.PassTicket)
        || ticket == Uri.EscapeDataString(session.PassTicket);

    private static void Check(WebSession session, JsonElement baseRequest) =>
        Check(session, Text(baseRequest, "Uin"), Text(baseRequest, "Sid"), Text(baseRequest, "Skey"));

    private static void Check(WebSession session, string? uin, string? sid, string? skey)
    {
        bool agrees = uin == session.Account.Uin.ToString(CultureInfo.InvariantCulture) && sid == session.Sid && session.Key.Accepts(skey);
        if (!agrees)
        {
            throw new RefusedException(1101);
        }
    }

    private JsonDocument ParseBody()
    {
        if (!Utf8.IsValid(Request.Body.Span))
        {
            throw new RefusedException(1);
        }

        try
        {
            JsonDocument document = JsonDocument.Parse(Request.Body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // Refused below.
        }

        throw new RefusedException(1);
    }
}
