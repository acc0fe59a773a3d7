using System;

namespace WeChatPS.Web;

/// <summary>A complete but invalid response. Callers convert it, so users never see this exception.</summary>
internal sealed class WireReplyException(string endpoint, string problem, ReadOnlySpan<byte> body)
    : Exception($"The server's response to {endpoint} is invalid: {problem}{Beginning(body)}.")
{
    private const int ShownBytes = 40;

    private static readonly string[] s_secretMarks = ["{", "[\"", "<error", "window.", "crypt", "key", "sid", "uin", "ticket", "uuid"];

    public string Endpoint { get; } = endpoint;

    /// <summary>The problem as text.</summary>
    public string Problem { get; } = problem;

    // An unreadable response may contain credentials, so its beginning is shown only when it has no sign of them.
    private static string Beginning(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return " (it is empty)";
        string start = WireText.FromUtf8(body.Slice(0, Math.Min(ShownBytes, body.Length))).TrimStart();
        bool mayHoldSecrets = Array.Exists(s_secretMarks, start.Contains);
        return mayHoldSecrets ? $" ({body.Length} bytes)" : $" (it begins with \"{DisplayText.Visible(start)}\")";
    }
}
