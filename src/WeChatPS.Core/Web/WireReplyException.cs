using System;

namespace WeChatPS.Web;

/// <summary>A reply that arrived whole and makes no sense. Never leaves the client: callers classify it.</summary>
internal sealed class WireReplyException(string endpoint, string problem, ReadOnlySpan<byte> body)
    : Exception($"The server's reply to {endpoint} makes no sense: {problem}{Beginning(body)}.")
{
    private const int ShownBytes = 40;

    public string Endpoint { get; } = endpoint;

    /// <summary>What was wrong, in words.</summary>
    public string Problem { get; } = problem;

    // A reply that could not be read may hold anything: only its first characters are shown, and none of what looks like JSON or a
    // login page, because that may be a reply with credentials that was cut short.
    private static string Beginning(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return " (it is empty)";
        string start = WireText.FromUtf8(body.Slice(0, Math.Min(ShownBytes, body.Length))).TrimStart();
        bool mayHoldSecrets = (start.Length > 0 && start[0] is '{' or '[')
            || start.StartsWith("<error", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("window", StringComparison.OrdinalIgnoreCase);
        return mayHoldSecrets ? $" ({body.Length} bytes)" : $" (it begins with \"{DisplayText.Visible(start)}\")";
    }
}
