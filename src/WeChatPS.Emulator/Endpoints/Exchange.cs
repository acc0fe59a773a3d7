using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Unicode;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>One request at an endpoint, with the checks of its session.</summary>
internal sealed class Exchange(World world, HttpRequest request, Fault? fault) : IDisposable
{
    private JsonDocument? _body;

    public HttpRequest Request { get; } = request;

    /// <summary>The fault for this request that the endpoint itself applies.</summary>
    public Fault? Fault { get; } = fault;

    public bool HasFault(FaultKind kind) => Fault?.Kind == kind;

    /// <summary>The JSON body.</summary>
    /// <exception cref="RefusedException">The body is not a JSON object in UTF-8.</exception>
    public JsonElement Body
    {
        get
        {
            _body ??= ParseBody();
            return _body.RootElement;
        }
    }

    /// <summary>Gets the session of a JSON POST. Cookies and BaseRequest must match.</summary>
    /// <exception cref="RefusedException">1102 without cookies; 1101 or the session's end code without a live session.</exception>
    public WebSession SessionOfBody()
    {
        WebSession session = SessionOfCookies();
        Check(session, Object(Body, "BaseRequest"));
        return session;
    }

    /// <summary>Gets the session of a form, from its BaseRequest.</summary>
    public WebSession SessionOf(JsonElement baseRequest)
    {
        WebSession session = SessionOfCookies();
        Check(session, baseRequest);
        return session;
    }

    /// <summary>Gets the session of a GET with only an skey.</summary>
    public WebSession SessionOfQuery()
    {
        WebSession session = SessionOfCookies();
        Check(session, session.Account.Uin.ToString(CultureInfo.InvariantCulture), session.Sid, Request.Query.GetValueOrDefault("skey"));
        return session;
    }

    /// <summary>Gets the session of synccheck, from the query.</summary>
    public WebSession SessionOfPoll()
    {
        WebSession session = SessionOfCookies();
        var query = Request.Query;
        Check(session, query.GetValueOrDefault("uin"), query.GetValueOrDefault("sid"), query.GetValueOrDefault("skey"));
        return session;
    }

    /// <summary>Gets the live session of the cookies wxsid and wxuin.</summary>
    public WebSession SessionOfCookies()
    {
        string? sid = Request.Cookies.GetValueOrDefault("wxsid");
        string? uin = Request.Cookies.GetValueOrDefault("wxuin");
        if (sid is null || uin is null)
        {
            throw new RefusedException(1102);
        }

        // Some clients store cookies encoded. The server accepts both forms.
        WebSession? session = world.SessionOf(sid) ?? world.SessionOf(WebUtility.UrlDecode(sid));
        if (session is null || uin != session.Account.Uin.ToString(CultureInfo.InvariantCulture))
        {
            throw new RefusedException(1101);
        }

        return session.EndCode == 0 ? session : throw new RefusedException(session.EndCode);
    }

    /// <summary>Refuses a wrong pass_ticket. The original, decoded and double-encoded forms are accepted.</summary>
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

    /// <summary>Gets a member as text. Numbers are accepted too, like on the real server.</summary>
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
