using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;

namespace EngineHost;

/// <summary>Text on its way to standard output or standard error, with the progress line kept out of its way.</summary>
internal sealed class ConsoleOutput
{
    private readonly Lock _gate = new();
    private readonly ProgressLine _progress = new();

    public void Write(string text) => Write(Console.Out, text, Terminal.SupportsEscapes);

    public void WriteError(string text) => Write(Console.Error, text, Terminal.SupportsEscapes && Terminal.ErrorIsTerminal);

    public void Write(ConsoleColor foreground, ConsoleColor background, string text)
    {
        lock (_gate)
        {
            bool coloured = Terminal.OutputIsTerminal;
            if (coloured && Enum.IsDefined(foreground)) Console.ForegroundColor = foreground;
            if (coloured && Enum.IsDefined(background)) Console.BackgroundColor = background;
            Write(text);
            if (coloured) Console.ResetColor();
        }
    }

    public void Show(ProgressRecord record)
    {
        if (!Terminal.OutputIsTerminal || !Terminal.SupportsEscapes) return;
        lock (_gate) _progress.Show(record);
    }

    public void EndProgress()
    {
        lock (_gate) _progress.Clear();
    }

    private void Write(TextWriter target, string text, bool escapes)
    {
        // The engine colours what it formats; only the host knows whether that will be understood.
        string shown = PSHostUserInterface.GetOutputString(text, escapes);
        lock (_gate)
        {
            _progress.Erase();
            target.Write(shown);
        }
    }
}
