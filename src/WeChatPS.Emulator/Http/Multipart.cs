using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace WeChatPS.Emulator.Http;

/// <summary>One part of a form: a field, or a file.</summary>
internal sealed record FormPart(string Name, string? FileName, ReadOnlyMemory<byte> Data)
{
    public string Text => Encoding.UTF8.GetString(Data.Span);
}

/// <summary>Parses <c>multipart/form-data</c> as strictly as upload servers do: an unquoted boundary and quoted names.</summary>
internal static partial class Multipart
{
    /// <summary>Parses the parts by name; null if the body is not such a form.</summary>
    public static Dictionary<string, FormPart>? Parse(HttpRequest request)
    {
        Match type = BoundaryPattern().Match(request.Header("Content-Type") ?? "");
        if (!type.Success)
        {
            return null;
        }

        byte[] delimiter = Encoding.Latin1.GetBytes("--" + type.Groups["boundary"].Value);
        var parts = new Dictionary<string, FormPart>(StringComparer.Ordinal);
        ReadOnlyMemory<byte> rest = request.Body;
        int next = rest.Span.IndexOf(delimiter);
        while (next >= 0)
        {
            rest = rest[(next + delimiter.Length)..];
            if (rest.Span.StartsWith("--"u8))
            {
                return parts;
            }

            next = rest.Span.IndexOf(delimiter);
            if (next < 0 || ParsePart(rest[..next]) is not { } part)
            {
                return null;
            }

            parts[part.Name] = part;
        }

        return null;
    }

    /// <summary>CRLF, headers, an empty line, the data, CRLF.</summary>
    private static FormPart? ParsePart(ReadOnlyMemory<byte> part)
    {
        int headEnd = part.Span.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0 || !part.Span.StartsWith("\r\n"u8) || !part.Span.EndsWith("\r\n"u8) || part.Length < headEnd + 6)
        {
            return null;
        }

        string head = Encoding.UTF8.GetString(part.Span[..headEnd]);
        Match name = NamePattern().Match(head);
        Match file = FilePattern().Match(head);
        return name.Success
            ? new FormPart(name.Groups[1].Value, file.Success ? file.Groups[1].Value : null, part[(headEnd + 4)..^2])
            : null;
    }

    [GeneratedRegex("""^multipart/form-data;\s*boundary=(?<boundary>[^\s;"]+)\s*$""", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex BoundaryPattern();

    [GeneratedRegex("""form-data;.*?\bname="([^"]*)" *(;|\r\n|$)""", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex("""\bfilename="([^"]*)" *(;|\r\n|$)""", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex FilePattern();
}
