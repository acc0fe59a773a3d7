using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>A request composed by the user (Invoke-WeChatRequest). It can contain the session's credentials, and goes only to the session's servers.</summary>
internal sealed record RawRequest
{
    /// <summary>
    /// An address on one of the session's servers, a path, or the name of an endpoint. <c>{skey}</c>, <c>{sid}</c>, <c>{uin}</c>,
    /// <c>{pass_ticket}</c> and <c>{deviceid}</c> are replaced by the session's values.
    /// </summary>
    public required string Address { get; init; }

    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>The body; null for no body.</summary>
    public byte[]? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Whether to add the session's BaseRequest to the body, which must be a JSON object or null.</summary>
    public bool WithBaseRequest { get; init; }

    /// <summary>The time limit for the exchange; null for the default.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.InvalidEndpoint"/>: the address is not on the session's servers;
    /// <see cref="WeChatErrorReason.InvalidRequest"/>: the body cannot be sent.</exception>
    public WireRequest Compose(WebEndpoints endpoints, WebCredentials credentials)
    {
        byte[]? body = WithBaseRequest ? Signed(credentials) : Body;
        if (body is not null && Method == HttpMethod.Get) throw Invalid("A GET request cannot have a body.");
        Uri uri = ComposeUri(endpoints, credentials);
        return new WireRequest(NameOf(uri), Method, uri)
        {
            Body = body,
            ContentType = ContentType ?? (body is null ? null : "application/json; charset=utf-8"),
            Deadline = Deadline,
            KeepsHeaders = true,
        };
    }

    private Uri ComposeUri(WebEndpoints endpoints, WebCredentials credentials)
    {
        string address = Fill(credentials);
        bool isPath = address.IndexOfAny(['/', '?', ':']) is var at && (at < 0 || address[at] != ':');
        if (isPath) address = endpoints.Api.GetLeftPart(UriPartial.Authority) + (at == 0 && address[0] == '/' ? "" : WebEndpoints.Prefix) + address;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || !endpoints.Allows(uri))
        {
            throw new WeChatException(
                WeChatErrorReason.InvalidEndpoint,
                $"\"{DisplayText.Visible(Redaction.Redact(Address), 120)}\" is not on one of the session's servers: "
                + string.Join(", ", new[] { endpoints.Api, endpoints.File, endpoints.Push, endpoints.Login }.Select(one => one.Authority).Distinct()) + ".")
            { Subject = Address };
        }

        return uri;
    }

    private string Fill(WebCredentials credentials)
    {
        var address = new StringBuilder(Address);
        foreach ((string name, string value) in new[]
        {
            ("{skey}", credentials.Skey), ("{sid}", credentials.Sid), ("{uin}", credentials.UinText),
            ("{pass_ticket}", credentials.PassTicket), ("{deviceid}", credentials.DeviceId),
        })
        {
            address.Replace(name, Uri.EscapeDataString(value));
        }

        return address.ToString();
    }

    private byte[] Signed(WebCredentials credentials)
    {
        if (Body is null) return WireJson.Request(credentials);
        try
        {
            using JsonDocument given = JsonDocument.Parse(Body);
            if (given.RootElement.ValueKind != JsonValueKind.Object) throw Invalid("-WithBaseRequest requires a JSON object as the body.");
            return WireJson.Request(credentials, writer =>
            {
                foreach (System.Text.Json.JsonProperty property in given.RootElement.EnumerateObject().Where(one => one.Name != "BaseRequest"))
                    property.WriteTo(writer);
            });
        }
        catch (JsonException broken)
        {
            throw Invalid($"-WithBaseRequest requires a JSON object as the body: {DisplayText.Visible(broken.Message)}");
        }
    }

    // The name appears in logs and progress.
    private static string NameOf(Uri uri)
    {
        string last = uri.AbsolutePath.Substring(uri.AbsolutePath.LastIndexOf('/') + 1);
        return last.Length is > 0 and <= 40 && last.All(char.IsLetterOrDigit) ? last : "request";
    }

    private static WeChatException Invalid(string message) => new(WeChatErrorReason.InvalidRequest, message);
}
