using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace EngineHost;

/// <summary>The prompt. With redirected input it runs the lines of it, without prompting.</summary>
internal sealed class Shell(Session session, StopKey stopKey)
{
    private readonly List<string> _history = [];
    private readonly Completion _completion = new(session.Runspace);

    public void Run()
    {
        while (!session.HasEnded && ReadCommand() is { } command)
        {
            if (string.IsNullOrWhiteSpace(command)) continue;
            if (_history.LastOrDefault() != command) _history.Add(command);
            session.RunLine(command);
            stopKey.Reset();
        }
    }

    /// <returns>A whole command, of as many lines as it takes; empty when it was given up; null at the end of the input.</returns>
    private string? ReadCommand()
    {
        string text = "";
        while (true)
        {
            (string? line, bool ended) = ReadLine(text.Length == 0 ? PromptText() : ">> ");
            if (line is null) return ended ? (text.Length > 0 ? text : null) : "";
            text = text.Length == 0 ? line : text + "\n" + line;
            Parser.ParseInput(text, out _, out ParseError[] errors);
            if (line.Length == 0 || !errors.Any(error => error.IncompleteInput)) return text;
        }
    }

    private (string? Line, bool Ended) ReadLine(string prompt)
    {
        if (!Terminal.InputIsTerminal)
        {
            string? line = Console.In.ReadLine();
            return (line, line is null);
        }

        session.Host.Output.Write(prompt);
        var editor = new LineEditor { History = _history, Completion = _completion };
        string? typed = editor.ReadLine();
        return (typed, editor.InputEnded || (typed is null && !Terminal.SupportsEscapes));
    }

    private string PromptText()
    {
        try
        {
            return string.Concat(session.Ask("prompt"));
        }
        catch (RuntimeException)
        {
            return "PS> ";
        }
    }
}
