using System;
using System.Text.RegularExpressions;

namespace WeChatPS;

/// <summary>
/// Removes the tickets of friend requests and name cards from text that leaves the client. Whoever has a ticket can answer the request
/// in the account's name.
/// </summary>
internal static class Tickets
{
    // A message of a megabyte needs milliseconds.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    // "Ticket":"…" as a property. Inside a JSON string, the quotes would be escaped.
    private static readonly Regex s_property = new(
        @"(?<name>""\w{0,32}ticket""\s*:\s*"")(?:[^""\\]|\\.)*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, s_timeout);

    // ticket="…" and antispamticket="…" as attributes, in XML or escaped in JSON
    private static readonly Regex s_attribute = new(
        @"(?<name>ticket\s{0,8}=\s{0,8}(?:\\?[""']|\\u00(?:22|27)|(?:&|\\u0026)(?:quot|apos|\#34|\#39);))[^""'&<>\\]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, s_timeout);

    /// <summary>Removes the tickets.</summary>
    /// <param name="text">A message's JSON or XML.</param>
    /// <param name="isAboutPerson">Whether its XML is about a person. Elsewhere, such an attribute is what somebody wrote.</param>
    public static string Strip(string text, bool isAboutPerson)
    {
        if (text.IndexOf("ticket", StringComparison.OrdinalIgnoreCase) < 0) return text;
        try
        {
            string rest = s_property.Replace(text, "${name}");
            return isAboutPerson ? s_attribute.Replace(rest, "${name}") : rest;
        }
        catch (RegexMatchTimeoutException)
        {
            return "";
        }
    }
}
