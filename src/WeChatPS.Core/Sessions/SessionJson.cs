using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using WeChatPS.Http;
using WeChatPS.Web;

namespace WeChatPS.Sessions;

/// <summary>The content of session.json: readable data, and the secrets, encrypted according to <see cref="Seal"/>.</summary>
internal sealed record StoredSession
{
    public required string Name { get; init; }

    public Uri? Endpoint { get; init; }

    public string? ApiAuthority { get; init; }

    public WeChatLoginMode Mode { get; init; }

    public string SelfNickName { get; init; } = "";

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Saved { get; init; }

    public DateTimeOffset? ThrottledUntil { get; init; }

    public DateTimeOffset? SendsPausedUntil { get; init; }

    /// <summary>The protection of <see cref="Secrets"/>: see <see cref="SecretProtection"/>.</summary>
    public required string Seal { get; init; }

    /// <summary>The encrypted UTF-8 JSON of <see cref="StoredSecrets"/>.</summary>
    public required byte[] Secrets { get; init; }
}

internal sealed record StoredSecrets(WebCredentials Credentials, IReadOnlyList<WireCookie> Cookies, string SelfUserName);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SavedSession))]
[JsonSerializable(typeof(StoredSession))]
[JsonSerializable(typeof(StoredSecrets))]
[JsonSerializable(typeof(StoredIdentities))]
internal sealed partial class SessionJson : JsonSerializerContext;
