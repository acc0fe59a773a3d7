using System.Globalization;
using System.Text;

namespace EngineHost;

/// <summary>How many cells of a terminal text takes: Chinese characters and emoji take two, marks none.</summary>
internal static class TextCells
{
    public static int Count(string text)
    {
        int cells = 0;
        foreach (Rune rune in text.EnumerateRunes()) cells += Count(rune);
        return cells;
    }

    public static int Count(Rune rune) => rune.Value switch
    {
        < 0x20 or 0x7F => 0,
        < 0x300 => 1,
        0x200D or (>= 0xFE00 and <= 0xFE0F) => 0,
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
            or (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F680 and <= 0x1F6FF) or (>= 0x1F900 and <= 0x1FAFF)
            or (>= 0x20000 and <= 0x3FFFD) => 2,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            ? 0 : 1,
    };

    /// <summary>The longest start of the text that fits into so many cells.</summary>
    public static string Truncate(string text, int cells)
    {
        var kept = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            cells -= Count(rune);
            if (cells < 0) break;
            kept.Append(rune);
        }

        return kept.ToString();
    }
}
