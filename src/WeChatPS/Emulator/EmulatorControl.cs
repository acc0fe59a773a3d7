using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>A client for the control interface of an emulator, in this process or another one.</summary>
internal sealed class EmulatorControl(Uri endpoint)
{
    private static readonly HttpClient s_http = new(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(15),
        MaxResponseContentBufferSize = 256 * 1024 * 1024,
    };

    public Uri Endpoint { get; } = endpoint;

    /// <summary>Gets a resource of the emulator.</summary>
    /// <exception cref="WeChatException">EmulatorFailed: the emulator is not running, or refused the request.</exception>
    public Task<JsonElement> GetAsync(string what, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, what, null, cancellationToken);

    /// <summary>Posts a command. Null values are omitted, so the defaults of the emulator apply.</summary>
    /// <exception cref="WeChatException">EmulatorFailed: the emulator is not running, or refused the request.</exception>
    public Task<JsonElement> PostAsync(string what, IReadOnlyDictionary<string, object?> body, CancellationToken cancellationToken)
    {
        Dictionary<string, object?> given = body.Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value);
        return AskAsync(HttpMethod.Post, what, JsonSerializer.Serialize(given), cancellationToken);
    }

    /// <summary>Deletes a resource of the emulator.</summary>
    /// <exception cref="WeChatException">EmulatorFailed: the emulator is not running, or refused the request.</exception>
    public Task<JsonElement> DeleteAsync(string what, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Delete, what, null, cancellationToken);

    private async Task<JsonElement> AskAsync(HttpMethod method, string what, string? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(Endpoint, "/emulator/" + what));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage reply = await s_http.SendAsync(request, cancellationToken);
#pragma warning disable CA2016 // The body is already buffered.
            JsonElement response = Parse(await reply.Content.ReadAsByteArrayAsync());
#pragma warning restore CA2016
            return reply.IsSuccessStatusCode
                ? response
                : throw Failed($"The emulator refused the request: {response.GetProperty("error").GetString()}", null);
        }
        catch (Exception trouble) when (
            trouble is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
            || (trouble is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Failed($"No emulator responds at {Endpoint}: {trouble.Message}", trouble);
        }
    }

    private static JsonElement Parse(byte[] body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    private WeChatException Failed(string message, Exception? cause) =>
        new(WeChatErrorReason.EmulatorFailed, message, cause) { Subject = Endpoint };
}
