using System;

namespace WeChatPS.Http;

/// <summary>
/// Parses dates in Set-Cookie lines, in any order and punctuation (RFC 6265, section 5.1.1): a time, a day, a month, and a year of two
/// or four digits. Examples: <c>Mon, 31-Dec-2018 11:12:21 GMT</c> and <c>01 Jan 70 00:00:00</c>.
/// </summary>
internal static class CookieDate
{
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    private static readonly char[] s_delimiters = "\t !\"#$%&'()*+,-./;<=>?@[\\]^_`{|}~".ToCharArray();

    public static bool TryParse(string text, out DateTimeOffset date)
    {
        date = default;
        TimeSpan? time = null;
        int? day = null, month = null, year = null;
        foreach (string token in text.Split(s_delimiters, StringSplitOptions.RemoveEmptyEntries))
        {
            if (time is null && Time(token) is { } t)
                time = t;
            else if (day is null && Number(token, 1, 2) is { } d)
                day = d;
            else if (month is null && Month(token) is { } m)
                month = m;
            else if (year is null && Number(token, 2, 4) is { } y)
                year = y < 70 ? y + 2000 : y < 100 ? y + 1900 : y;
        }

        if (time is null || day is not (>= 1 and <= 31) || month is null || year is not >= 1601
            || day > DateTime.DaysInMonth(year.Value, month.Value))
            return false;

        date = new DateTimeOffset(year.Value, month.Value, day.Value, 0, 0, 0, TimeSpan.Zero) + time.Value;
        return true;
    }

    private static TimeSpan? Time(string token)
    {
        string[] parts = token.Split(':');
        return parts.Length == 3
            && Number(parts[0], 1, 2) is { } hours and < 24
            && Number(parts[1], 1, 2) is { } minutes and < 60
            && Number(parts[2], 1, 2) is { } seconds and < 60
                ? new TimeSpan(hours, minutes, seconds)
                : null;
    }

    private static int? Month(string token)
    {
        if (token.Length < 3)
            return null;
        int index = Months.IndexOf(token.Substring(0, 3), StringComparison.OrdinalIgnoreCase);
        return index >= 0 && index % 3 == 0 ? (index / 3) + 1 : null;
    }

    /// <summary>Reads the number at the start of a token, with a limited number of digits. Characters after the number are ignored.</summary>
    private static int? Number(string token, int fewest, int most)
    {
        int value = 0, digits = 0;
        for (; digits < token.Length && token[digits] is >= '0' and <= '9'; digits++)
        {
            if (digits == most)
                return null;
            value = (value * 10) + (token[digits] - '0');
        }

        return digits >= fewest ? value : null;
    }
}
