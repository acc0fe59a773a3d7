using System;

namespace EngineHost;

/// <summary>A line of text and a cursor in it, which never stands inside a character.</summary>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public void Set(string text) => Set(text, text.Length);

    public void Set(string text, int cursor)
    {
        Text = text;
        Cursor = cursor;
    }

    public void Insert(char c) => Set(Text.Insert(Cursor, c.ToString()), Cursor + 1);

    public void Left() => Cursor = Before();

    public void Right() => Cursor = After();

    public void Home() => Cursor = 0;

    public void End() => Cursor = Text.Length;

    public void WordLeft()
    {
        while (Cursor > 0 && Text[Cursor - 1] == ' ') Cursor--;
        while (Cursor > 0 && Text[Cursor - 1] != ' ') Cursor--;
    }

    public void WordRight()
    {
        while (Cursor < Text.Length && Text[Cursor] != ' ') Cursor++;
        while (Cursor < Text.Length && Text[Cursor] == ' ') Cursor++;
    }

    public void DeleteBack() => Remove(Before(), Cursor);

    public void Delete() => Remove(Cursor, After());

    public void DeleteToEnd() => Remove(Cursor, Text.Length);

    public void DeleteToStart() => Remove(0, Cursor);

    public void DeleteWord()
    {
        int end = Cursor;
        WordLeft();
        Remove(Cursor, end);
    }

    private void Remove(int start, int end) => Set(Text.Remove(start, end - start), start);

    private int Before() => Cursor - (Cursor > 1 && char.IsSurrogatePair(Text, Cursor - 2) ? 2 : Math.Min(Cursor, 1));

    private int After() =>
        Cursor + (Cursor + 1 < Text.Length && char.IsSurrogatePair(Text, Cursor) ? 2 : Math.Min(Text.Length - Cursor, 1));
}
