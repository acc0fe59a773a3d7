using System;
using System.Collections.Generic;
using System.Globalization;

namespace WeChatPS;

/// <summary>Cuts a long text into messages: at the end of a line, else at a space, else between two characters, never within one.</summary>
internal static class TextParts
{
    /// <param name="text">The text.</param>
    /// <param name="longest">How long a part may be, in UTF-16 units; a character that is longer by itself stays whole.</param>
    /// <returns>The parts, without the line breaks and spaces at which they were cut; parts of nothing else are left out.</returns>
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
