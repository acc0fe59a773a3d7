using System;

namespace WeChatPS.Web;

/// <summary>Finds the ends of JSON values.</summary>
internal static class JsonScan
{
    private const int ShortString = 16;

    /// <summary>The position after the value that begins at <paramref name="start"/>; -1 when the text ends before it does.</summary>
    public static int EndOf(ReadOnlySpan<byte> text, int start) => text[start] switch
    {
        (byte)'"' => EndOfString(text, start),
        (byte)'{' or (byte)'[' => EndOfNested(text, start),
        _ => EndOfToken(text, start),
    };

    public static int EndOfString(ReadOnlySpan<byte> text, int start)
    {
        // For short strings, a plain loop is faster than a vectorized search.
        int at = start + 1;
        for (int near = Math.Min(at + ShortString, text.Length); at < near; at++)
        {
            if (text[at] == '"')
                return at + 1;
            if (text[at] == '\\')
                break;
        }

        while (at < text.Length)
        {
            int found = text.Slice(at).IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
                return -1;
            at += found;
            if (text[at] == '"')
                return at + 1;
            at += 2;
        }
        return -1;
    }

    public static int SkipBlank(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && IsBlank(text[at]))
            at++;
        return at;
    }

    public static int SkipSeparators(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && (text[at] == ',' || IsBlank(text[at])))
            at++;
        return at;
    }

    // Only a few structural bytes are between strings, so a plain loop is as fast as a search and always linear.
    private static int EndOfNested(ReadOnlySpan<byte> text, int start)
    {
        int depth = 0;
        for (int at = start; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'"':
                    at = EndOfString(text, at) - 1;
                    if (at < 0)
                        return -1;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when --depth == 0:
                    return at + 1;
            }
        }
        return -1;
    }

    private static int EndOfToken(ReadOnlySpan<byte> text, int start)
    {
        int at = start;
        while (at < text.Length && text[at] is not ((byte)',' or (byte)'}' or (byte)']') && !IsBlank(text[at]))
            at++;
        return at;
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';
}
