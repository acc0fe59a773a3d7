using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using WeChatPS.Http;

namespace WeChatPS.Web.Checks;

/// <summary>
/// Checks the spelling of poll requests. The server responds immediately to a poll with a wrong or missing <c>synckey</c>, so the client would
/// poll without pause. The order of the parameters does not matter.
/// </summary>
internal static class SpellingCheck
{
    private static readonly string[] s_names = ["r", "skey", "sid", "uin", "deviceid", "synckey", "_"];

    public static Finding Examine(WireRequest poll)
    {
        List<KeyValuePair<string, string>> parameters = Parameters(poll.Uri);
        string? wrong = WrongAddress(poll) ?? s_names.Select(name => Wrong(name, parameters)).FirstOrDefault(one => one is not null);
        return wrong is null
            ? Finding.Ok("Polls have the seven parameters with WeChat's spelling.")
            : Finding.Problem(wrong, "The server would respond to such polls immediately. This is a bug in the module, or a proxy changes the requests. Please report it.");
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
            return other is null ? $"Polls lack the parameter {name}." : $"Polls have the parameter {other} instead of {name}.";
        }

        return values.Length > 1 ? $"Polls have the parameter {name} {values.Length} times."
            : values[0].Length == 0 ? $"The parameter {name} of polls is empty."
            : name == "synckey" && !SyncKey.TryParse(values[0], out _) ? "The synckey of polls is not a list of Key_Val pairs joined by |."
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
