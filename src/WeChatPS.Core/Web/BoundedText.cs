using System;

namespace WeChatPS.Web;

/// <summary>Reads texts of bounded length. A longer text is cut and ends in …</summary>
internal static class BoundedText
{
    // An emoji of two characters takes up to 70 bytes: <span class=\"emoji emoji1f602\"></span> with all its signs as \u003c.
    private const int MostBytesPerCharacter = 40;

    private const int Quotes = 2;

    /// <summary>Gets the text of a value without the markup that names share with messages, at most <paramref name="most"/> characters of it.</summary>
    /// <param name="value">A string or number.</param>
    /// <param name="most">The length limit.</param>
    /// <param name="isCut">Set when something is left out.</param>
    public static string Decoded(JsonSlice value, int most, ref bool isCut) =>
        Cut(WireText.Decode(value.AsText(most * MostBytesPerCharacter)), most, ref isCut);

    /// <summary>Gets a text of which a part would mean something else, such as an id, key or address; empty when it is too long.</summary>
    public static string Whole(JsonSlice value, int most) => value.Length <= most + Quotes ? value.AsText() : "";

    private static string Cut(string text, int most, ref bool isCut)
    {
        if (text.Length <= most) return text;
        isCut = true;
        int length = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
