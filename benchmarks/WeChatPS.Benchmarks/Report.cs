using System.Collections.Generic;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WeChatPS.Benchmarks;

/// <summary>What a bench found, as JSON.</summary>
internal sealed record Report(Surroundings Surroundings, int Rounds, double Scale, IReadOnlyDictionary<string, string?> Load, IReadOnlyList<Figure> Figures)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it into a file that is there for it alone.</summary>
    /// <returns>The path.</returns>
    public string Save(string? path)
    {
        path = Path.GetFullPath(path ?? Path.Combine(PackedModule.Root, "artifacts", "bench", $"{Surroundings.Time:yyyyMMdd-HHmmss}.json"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(this, s_options));
        return path;
    }
}
