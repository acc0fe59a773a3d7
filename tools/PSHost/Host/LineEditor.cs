using System;
using System.Collections.Generic;
using System.Text;

namespace EngineHost;

/// <summary>Reads a line from the terminal: arrow keys, history and completion.</summary>
internal sealed class LineEditor
{
    private readonly LineBuffer _line = new();
    private int _historyIndex;
    private string _draft = "";

    /// <summary>Whether what is typed shows as stars.</summary>
    public bool Masked { get; init; }

    public IReadOnlyList<string> History { get; init; } = [];

    public Completion? Completion { get; init; }

    /// <summary>Whether Ctrl+D, and not Ctrl+C, ended the last line.</summary>
    public bool InputEnded { get; private set; }

    /// <returns>The line; null when it was given up with Ctrl+C, or the input has ended.</returns>
    public string? ReadLine()
    {
        if (!Terminal.SupportsEscapes) return Console.ReadLine();
        bool before = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            return Edit();
        }
        finally
        {
            Console.TreatControlCAsInput = before;
        }
    }

    private string? Edit()
    {
        var view = new LineView(Console.CursorLeft);
        _line.Set("");
        _historyIndex = History.Count;
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            bool control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            if (key.Key == ConsoleKey.Enter)
            {
                view.Leave(Shown(_line.Text));
                return _line.Text;
            }

            if (control && key.Key == ConsoleKey.C)
            {
                view.Leave(Shown(_line.Text) + "^C");
                return null;
            }

            if (control && key.Key == ConsoleKey.D && _line.Text.Length == 0)
            {
                InputEnded = true;
                view.Leave("");
                return null;
            }

            if (control && key.Key == ConsoleKey.L) Console.Out.Write("\e[H\e[2J");
            if (key.Key == ConsoleKey.Tab)
            {
                Completion?.Next(_line, key.Modifiers.HasFlag(ConsoleModifiers.Shift));
            }
            else
            {
                Completion?.Forget();
                Apply(key, control);
            }

            // What is pasted is drawn once, and never between the halves of a character.
            if (!Console.KeyAvailable && !char.IsHighSurrogate(key.KeyChar))
            {
                view.Draw(Shown(_line.Text), Shown(_line.Text[.._line.Cursor]).Length);
            }
        }
    }

    private void Apply(ConsoleKeyInfo key, bool control)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow when control: _line.WordLeft(); break;
            case ConsoleKey.RightArrow when control: _line.WordRight(); break;
            case ConsoleKey.LeftArrow: _line.Left(); break;
            case ConsoleKey.RightArrow: _line.Right(); break;
            case ConsoleKey.UpArrow: Recall(-1); break;
            case ConsoleKey.DownArrow: Recall(1); break;
            case ConsoleKey.Home: _line.Home(); break;
            case ConsoleKey.End: _line.End(); break;
            case ConsoleKey.A when control: _line.Home(); break;
            case ConsoleKey.E when control: _line.End(); break;
            case ConsoleKey.Backspace: _line.DeleteBack(); break;
            case ConsoleKey.Delete: _line.Delete(); break;
            case ConsoleKey.K when control: _line.DeleteToEnd(); break;
            case ConsoleKey.U when control: _line.DeleteToStart(); break;
            case ConsoleKey.W when control: _line.DeleteWord(); break;
            case ConsoleKey.Escape: _line.Set(""); break;
            default:
                if (!char.IsControl(key.KeyChar)) _line.Insert(key.KeyChar);
                break;
        }
    }

    private void Recall(int step)
    {
        int index = _historyIndex + step;
        if (index < 0 || index > History.Count) return;
        if (_historyIndex == History.Count) _draft = _line.Text;
        _historyIndex = index;
        _line.Set(index == History.Count ? _draft : History[index]);
    }

    private string Shown(string text)
    {
        if (!Masked) return text;
        var stars = new StringBuilder();
        foreach (Rune _ in text.EnumerateRunes()) stars.Append('*');
        return stars.ToString();
    }
}
