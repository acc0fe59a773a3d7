using System;
using System.Collections.Generic;
using System.Globalization;

namespace WeChatPS;

/// <summary>Splits a long text into messages: at a line end, otherwise at a space, otherwise between two characters.</summary>
internal static class TextParts
{
    /// <param name="text">The text.</param>
    /// <param name="longest">The maximum length of a part, in UTF-16 units. A single character stays whole even if it is longer.</param>
    /// <returns>The parts, without the line breaks and spaces at the splits. Empty parts are omitted.</returns>
    public static IEnumerable<string> Of(string text, int longest)
    {
        int[] characters = text.Length > longest ? StringInfo.ParseCombiningCharacters(text) : [];
        for (int at = 0, next; at < text.Length; at = next)
        {
            int end = text.Length;
            next = end;
            if (end - at > longest) (end, next) = Cut(text, characters, at, at + longest);
            string part = text.Substring(at, end - at).TrimEnd('\r', '\n');
            if (part.Trim().Length > 0)
                yield return part;
        }
    }

    private static (int End, int Next) Cut(string text, int[] characters, int at, int limit)
    {
        foreach (char gap in (ReadOnlySpan<char>)['\n', ' '])
        {
            int found = text.LastIndexOf(gap, limit, limit - at);
            if (found > at)
                return (found, found + 1);
        }

        int index = Array.BinarySearch(characters, limit);
        int end = characters[index >= 0 ? index : ~index - 1];
        if (end <= at)
            end = ~index < characters.Length ? characters[~index] : text.Length;
        return (end, end);
    }
}
