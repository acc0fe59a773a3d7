using System.Collections;
using System.Collections.Generic;
using System.Linq;
using QRCoder;

namespace WeChatPS.Login;

/// <summary>Draws a QR code: in lines of text, two modules to a character, or as a PNG image.</summary>
internal static class QrText
{
    private const int PixelsPerModule = 8;

    /// <summary>Lines to be shown black on white, with the quiet zone that scanners need around the code.</summary>
    public static IReadOnlyList<string> Lines(string text)
    {
        using QRCodeData code = Encode(text);
        List<BitArray> rows = code.ModuleMatrix;
        return [.. Enumerable.Range(0, (rows.Count + 1) / 2).Select(line => Line(rows, 2 * line))];
    }

    /// <summary>The same code as the bytes of a PNG file.</summary>
    public static byte[] Png(string text)
    {
        using QRCodeData code = Encode(text);
        using var image = new PngByteQRCode(code);
        return image.GetGraphic(PixelsPerModule);
    }

    // the lowest correction level gives the smallest code: 37 columns for a login address
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
