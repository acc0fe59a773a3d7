using System;

namespace WeChatPS.Web;

/// <summary>A reply that arrived whole and makes no sense. Never leaves the client: callers classify it.</summary>
internal sealed class WireReplyException(string endpoint, string problem, ReadOnlySpan<byte> body)
    : Exception($"The server's reply to {endpoint} makes no sense: {problem}{Beginning(body)}.")
{
    private const int ShownBytes = 40;

    private static readonly string[] s_secretMarks = ["{", "[\"", "<error", "window.", "crypt", "key", "sid", "uin", "ticket", "uuid"];

    public string Endpoint { get; } = endpoint;

    /// <summary>What was wrong, in words.</summary>
    public string Problem { get; } = problem;

    // A reply that could not be read may be one with credentials that was cut or mixed up: then not even its beginning is shown.
    private static string Beginning(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return " (it is empty)";
        string start = WireText.FromUtf8(body.Slice(0, Math.Min(ShownBytes, body.Length))).TrimStart();
        bool mayHoldSecrets = Array.Exists(s_secretMarks, start.Contains);
        return mayHoldSecrets ? $" ({body.Length} bytes)" : $" (it begins with \"{DisplayText.Visible(start)}\")";
    }
}
