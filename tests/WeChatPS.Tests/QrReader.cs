using System.Linq;
using System.Text;

namespace WeChatPS.Tests;

/// <summary>Reads the bytes out of a faultless QR code of version 3-L: no correction, one block, byte mode. Written from the standard (ISO/IEC 18004).</summary>
internal static class QrReader
{
    private const int Size = 29;
    private const int DataBytes = 55;

    public static string Read(bool[][] modules, int quietZone)
    {
        bool[][] code = [.. modules.Skip(quietZone).Take(Size).Select(row => row.Skip(quietZone).Take(Size).ToArray())];
        int mask = ((code[8][2] ? 4 : 0) | (code[8][3] ? 2 : 0) | (code[8][4] ? 1 : 0)) ^ 0b101;
        var bits = new StringBuilder();
        bool upwards = true;
        for (int right = Size - 1; right > 0; right -= 2)
        {
            // the vertical timing pattern takes a column of its own
            if (right == 6)
                right--;
            for (int step = 0; step < Size; step++)
            {
                int row = upwards ? Size - 1 - step : step;
                foreach (int column in new[] { right, right - 1 })
                {
                    if (!IsFunction(row, column))
                        bits.Append(code[row][column] ^ IsMasked(mask, row, column) ? '1' : '0');
                }
            }

            upwards = !upwards;
        }

        string data = bits.ToString(0, DataBytes * 8);
        Assert.Equal("0100", data[..4]);
        int length = System.Convert.ToInt32(data.Substring(4, 8), 2);
        return Encoding.UTF8.GetString([.. Enumerable.Range(0, length).Select(at => System.Convert.ToByte(data.Substring(12 + (at * 8), 8), 2))]);
    }

    private static bool IsFunction(int row, int column) =>
        (row < 9 && column < 9) || (row < 9 && column >= Size - 8) || (row >= Size - 8 && column < 9)
        || row == 6 || column == 6 || (row is >= 20 and <= 24 && column is >= 20 and <= 24);

    private static bool IsMasked(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => ((row / 2) + (column / 3)) % 2 == 0,
        5 => (row * column % 2) + (row * column % 3) == 0,
        6 => ((row * column % 2) + (row * column % 3)) % 2 == 0,
        _ => (((row + column) % 2) + (row * column % 3)) % 2 == 0,
    };
}
