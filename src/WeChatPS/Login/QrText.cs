using System.Collections;
using System.Collections.Generic;
using System.Linq;
using QRCoder;

namespace WeChatPS.Login;

/// <summary>Renders a QR code as lines of text, with two modules per character, or as a PNG image.</summary>
internal static class QrText
{
    private const int PixelsPerModule = 8;

    /// <summary>Gets the lines, to be shown black on white. They include the quiet zone that scanners need around the QR code.</summary>
    public static IReadOnlyList<string> Lines(string text)
    {
        using QRCodeData code = Encode(text);
        List<BitArray> rows = code.ModuleMatrix;
        return [.. Enumerable.Range(0, (rows.Count + 1) / 2).Select(line => Line(rows, 2 * line))];
    }

    /// <summary>Gets the QR code as a PNG file.</summary>
    public static byte[] Png(string text)
    {
        using QRCodeData code = Encode(text);
        using var image = new PngByteQRCode(code);
        return image.GetGraphic(PixelsPerModule);
    }

    // The lowest correction level gives the smallest QR code: 37 columns for a login URL.
    private static QRCodeData Encode(string text) => QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);

    private static string Line(List<BitArray> rows, int top)
    {
        BitArray upper = rows[top];
        BitArray? lower = top + 1 < rows.Count ? rows[top + 1] : null;
        var line = new char[upper.Count];
        for (int column = 0; column < line.Length; column++)
            line[column] = HalfBlock(upper[column], lower?[column] ?? false);
        return new string(line);
    }

    private static char HalfBlock(bool upper, bool lower) => (upper, lower) switch
    {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        _ => ' ',
    };
}
