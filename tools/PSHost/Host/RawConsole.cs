using System;
using System.Management.Automation.Host;

namespace EngineHost;

/// <summary>Sizes, colours and keys of the console; what a terminal cannot do is refused.</summary>
internal sealed class RawConsole : PSHostRawUserInterface
{
    private const int DefaultHeight = 50;

    public override ConsoleColor ForegroundColor { get => Console.ForegroundColor; set => Console.ForegroundColor = value; }

    public override ConsoleColor BackgroundColor { get => Console.BackgroundColor; set => Console.BackgroundColor = value; }

    public override Coordinates CursorPosition
    {
        get => Terminal.OutputIsTerminal ? new Coordinates(Console.CursorLeft, Console.CursorTop) : default;
        set => Console.SetCursorPosition(value.X, value.Y);
    }

    public override int CursorSize { get => 25; set => throw Unsupported(); }

    public override Size BufferSize { get => WindowSize; set => throw Unsupported(); }

    public override Size WindowSize
    {
        get => new(Terminal.Width, Terminal.OutputIsTerminal ? Console.WindowHeight : DefaultHeight);
        set => throw Unsupported();
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates WindowPosition { get => default; set => throw Unsupported(); }

    public override string WindowTitle
    {
        get => OperatingSystem.IsWindows() ? Console.Title : "";
        set
        {
            if (Terminal.OutputIsTerminal) Console.Title = value;
        }
    }

    public override bool KeyAvailable => Terminal.InputIsTerminal && Console.KeyAvailable;

    public override int LengthInBufferCells(string source) => TextCells.Count(source);

    public override int LengthInBufferCells(string source, int offset) => TextCells.Count(source[offset..]);

    public override int LengthInBufferCells(char source) => TextCells.Count(source.ToString());

    public override void FlushInputBuffer()
    {
        while (KeyAvailable) Console.ReadKey(intercept: true);
    }

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        ConsoleKeyInfo key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        ControlKeyStates state = (key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? ControlKeyStates.ShiftPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Alt) ? ControlKeyStates.LeftAltPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Control) ? ControlKeyStates.LeftCtrlPressed : 0);
        return new KeyInfo((int)key.Key, key.KeyChar, state, keyDown: options.HasFlag(ReadKeyOptions.IncludeKeyDown));
    }

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (rectangle is not { Left: -1, Top: -1, Right: -1, Bottom: -1 }) throw Unsupported();
        if (Terminal.OutputIsTerminal) Console.Clear();
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw Unsupported();

    private static NotSupportedException Unsupported() => new("This console cannot do that.");
}
