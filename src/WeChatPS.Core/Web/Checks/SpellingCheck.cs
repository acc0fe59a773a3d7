using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using WeChatPS.Http;

namespace WeChatPS.Web.Checks;

/// <summary>
/// Whether a poll is spelt as the server wants it. It answers one with a wrong or missing <c>synckey</c> at once, which looks like a busy
/// server and is a client that spins. The order of parameters does not matter.
/// </summary>
internal static class SpellingCheck
{
    private static readonly string[] s_names = ["r", "skey", "sid", "uin", "deviceid", "synckey", "_"];

    public static Finding Examine(WireRequest poll)
    {
        List<KeyValuePair<string, string>> parameters = Parameters(poll.Uri);
        string? wrong = WrongAddress(poll) ?? s_names.Select(name => Wrong(name, parameters)).FirstOrDefault(one => one is not null);
        return wrong is null
            ? Finding.Ok("Polls carry their seven parameters as WeChat spells them.")
            : Finding.Problem(wrong, "The server would answer such polls at once, for ever. This is a mistake in the module, or in what changes its requests on the way: please report it.");
    }

    private static string? WrongAddress(WireRequest poll) =>
        poll.Method != HttpMethod.Get ? $"Polls are sent with {poll.Method} instead of GET."
        : poll.Uri.AbsolutePath != WebEndpoints.Prefix + "synccheck" ? $"Polls go to {poll.Uri.AbsolutePath} instead of {WebEndpoints.Prefix}synccheck."
        : null;

    private static string? Wrong(string name, List<KeyValuePair<string, string>> parameters)
    {
        string[] values = [.. parameters.Where(one => one.Key == name).Select(one => one.Value)];
        if (values.Length == 0)
        {
            string? other = parameters.Select(one => one.Key).FirstOrDefault(key => string.Equals(key, name, StringComparison.OrdinalIgnoreCase));
            return other is null ? $"Polls lack the parameter {name}." : $"Polls carry {other} where the server wants {name}.";
        }

        return values.Length > 1 ? $"Polls carry {name} {values.Length} times."
            : values[0].Length == 0 ? $"The parameter {name} of polls is empty."
            : name == "synckey" && !SyncKey.TryParse(values[0], out _) ? "The synckey of polls is not made of Key_Val pairs joined by |."
            : null;
    }

    private static List<KeyValuePair<string, string>> Parameters(Uri address) =>
    [
        .. address.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries).Select(static parameter =>
        {
            int equals = parameter.IndexOf('=');
            return equals < 0
                ? new KeyValuePair<string, string>(parameter, "")
                : new(parameter[..equals], Uri.UnescapeDataString(parameter.AsSpan(equals + 1)));
        }),
    ];
}
