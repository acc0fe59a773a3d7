using System;
using System.Text;

namespace EngineHost;

/// <summary>Draws a line of input from where the cursor stood at first, over as many rows as it needs.</summary>
internal sealed class LineView(int firstColumn)
{
    private int _row;

    public void Draw(string text, int cursor)
    {
        int width = Math.Max(Terminal.Width, 2);
        (int endRow, int endColumn) = Position(text, width);
        (int row, int column) = Position(text[..cursor], width);
        var drawing = new StringBuilder();
        Up(drawing, _row);
        Column(drawing, firstColumn);
        drawing.Append(text);
        // A terminal that has filled a row stays on it until there is more to write.
        if (endColumn == 0 && endRow > 0) drawing.Append(" \r");
        drawing.Append("\e[J");
        Up(drawing, endRow - row);
        Column(drawing, column);
        Console.Out.Write(drawing);
        _row = row;
    }

    /// <summary>Goes on below the line.</summary>
    public void Leave(string text)
    {
        Draw(text, text.Length);
        Console.Out.WriteLine();
    }

    private (int Row, int Column) Position(string text, int width)
    {
        int row = 0;
        int column = firstColumn;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int cells = TextCells.Count(rune);
            if (column + cells > width)
            {
                row++;
                column = 0;
            }

            column += cells;
        }

        return column < width ? (row, column) : (row + 1, 0);
    }

    private static void Up(StringBuilder drawing, int rows)
    {
        if (rows > 0) drawing.Append("\e[").Append(rows).Append('A');
    }

    private static void Column(StringBuilder drawing, int column)
    {
        drawing.Append('\r');
        if (column > 0) drawing.Append("\e[").Append(column).Append('C');
    }
}
