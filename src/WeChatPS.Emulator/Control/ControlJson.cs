using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeChatPS.Emulator.Control;

/// <summary>The JSON of the control interface: camelCase, enum names in any case, and no unknown members.</summary>
internal static class ControlJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The same for the bodies of requests, where null is refused unless a member is documented to take it.</summary>
    public static JsonSerializerOptions Commands { get; } = new(Options) { RespectNullableAnnotations = true };
}
